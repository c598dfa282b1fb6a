import { parse } from 'yaml';
import type { Chart } from '../../generator/compare/read-chart.ts';
import { isObject } from '../../generator/model/json-schema.ts';
import { PublishFailure } from './failure.ts';

/** An image, as Chart.yaml names it for Artifact Hub. */
const IMAGE = /^(?<registry>[^/]+)\/(?<path>(?:[^/:@]+\/)*)(?<name>[^/:@]+):(?<tag>[^@]+)$/;

/** A part in the words of CycloneDX. */
interface Part {
  readonly type: 'container';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
}

/**
 * The chart's list of parts in CycloneDX: every image that a release of it may pull. The chart itself is YAML and scripts
 * without parts of anybody else. The same chart has the same list, so it carries no time and no number of its own.
 */
export function chartParts({ name, version, metadata }: Chart): string {
  const component = { type: 'application', 'bom-ref': `${name}@${version}`, name, version };
  const document = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component },
    components: imagesOf(metadata).map(part),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function imagesOf({ annotations }: Chart['metadata']): readonly string[] {
  const text = isObject(annotations) ? annotations['artifacthub.io/images'] : undefined;
  const entries: unknown = typeof text === 'string' ? parse(text) : undefined;
  if (!Array.isArray(entries)) {
    throw new PublishFailure(
      'Chart.yaml names no images (annotation artifacthub.io/images), so there is no list of parts. Write the chart with make generate.',
    );
  }
  return [...new Set(entries.map((entry: unknown) => (isObject(entry) ? String(entry['image']) : String(entry))))];
}

function part(image: string): Part {
  const { registry, path = '', name, tag } = IMAGE.exec(image)?.groups ?? {};
  if (registry === undefined || name === undefined || tag === undefined) {
    throw new PublishFailure(
      `Chart.yaml names the image ${image}, which has no registry, name and tag. Mend schema/engines, and run make generate.`,
    );
  }
  const repository = encodeURIComponent(`${registry}/${path}${name}`);
  return {
    type: 'container',
    'bom-ref': image,
    name: `${registry}/${path}${name}`,
    version: tag,
    purl: `pkg:oci/${name}?repository_url=${repository}&tag=${encodeURIComponent(tag)}`,
  };
}
