/** The images of a release, by the same steps as `mysql-sts.serverImage` and its like in _helpers.tpl. */
import type { ImageRole } from '../../schema/conditions.ts';
import type { Engine } from '../../schema/engines.ts';
import { EXPORTERS, type ExporterName } from '../../schema/exporters.ts';
import { valueAt } from '../model/model.ts';
import { chosenEngine, toolImage, type PlainValues } from '../rules/evaluate-rules.ts';

/** What an image is for. */
type Role = ImageRole | ExporterName | 'rclone';

/** An image that nodes pull. */
export interface ReleaseImage {
  readonly roles: readonly Role[];
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  /** Empty unless the values pin the content. */
  readonly digest: string;
}

/** The images that a release with these values pulls, each once. The values must have passed the schema. */
export function releaseImages(values: PlainValues, engines: readonly Engine[]): readonly ReleaseImage[] {
  const engine = chosenEngine({ values, engines });
  if (engine === undefined) throw new TypeError('Values without a known engine were not checked.');
  const server = imageOf('server', values, engine.serverImage, []);
  const ownTool = toolImage(engine, values);
  const isShared = ownTool.repository === engine.serverImage.repository;
  const clone = imageOf('clone', values, ownTool, isShared ? ['server'] : []);
  const isSame = imageName(server) === imageName(clone);
  const pods = isSame ? [{ ...server, roles: ['server', 'clone'] as const }] : [server, clone];
  return [...pods, ...exporterImages(values), ...carrierImages(values)];
}

function exporterImages(values: PlainValues): readonly ReleaseImage[] {
  if (valueAt(values, 'metrics.enabled') !== true) return [];
  return (['mysqldExporter', 'nodeExporter'] as const).map((name) => imageOf(name, values, EXPORTERS[name], []));
}

/** What carries backups, where there are any or the release begins from one. */
function carrierImages(values: PlainValues): readonly ReleaseImage[] {
  const isUsed = ['backup', 'restore'].some((owner) => valueAt(values, `${owner}.enabled`) === true);
  return isUsed ? [imageOf('rclone', values, { repository: '', tag: '' }, [])] : [];
}

/** An image's full name, as it stands in a manifest. */
export function imageName({ registry, repository, tag, digest }: ReleaseImage): string {
  return `${registry}/${repository}:${tag}${digest === '' ? '' : `@${digest}`}`;
}

/** A changed server image is meant for the clone tool too, where both are the same image. */
function imageOf(
  role: Role,
  values: PlainValues,
  own: Pick<ReleaseImage, 'repository' | 'tag'>,
  inherited: readonly ImageRole[],
): ReleaseImage {
  const setting = (field: string): string => {
    const texts = [role, ...inherited].map((name) => textAt(values, `images.${name}.${field}`));
    return texts.find((text) => text !== '') ?? '';
  };
  return {
    roles: [role],
    registry: setting('registry') || textAt(values, 'global.imageRegistry') || 'docker.io',
    repository: setting('repository') || own.repository,
    tag: setting('tag') || own.tag,
    digest: setting('digest'),
  };
}

function textAt(values: PlainValues, path: string): string {
  const value = valueAt(values, path);
  return typeof value === 'string' ? value : '';
}
