import { join } from 'node:path';
import { isObject } from '../../generator/model/json-schema.ts';
import type { Options } from './options.ts';
import { ProgramFailure, run } from './run.ts';

/** What a version has in the registry. */
export interface Published {
  /** Of the manifest, by which signatures name the chart. */
  readonly digest: string;
  /** Of the packed chart. */
  readonly archive: string;
  /** Kinds of what is attached to it. */
  readonly attached: readonly string[];
}

const ARCHIVE_TYPE = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
/** What a registry says of a repository that it does not have. A program or a login that is not found says nothing about tags. */
const UNKNOWN = /^Error response from registry: (?:name unknown|not found)\b|: response status code 404\b/im;

/** The place of one chart in a registry. */
export class ChartRepository {
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
  readonly #options: Options;

  constructor(options: Options, name: string, env: NodeJS.ProcessEnv) {
    this.#options = options;
    this.path = `${options.registry}/${name}`;
    this.env = env;
  }

  /** The tags that exist; none where nothing was ever pushed. */
  async tags(): Promise<readonly string[]> {
    const text = await this.oras(['repo', 'tags', this.path]).catch((error: unknown) => {
      if (error instanceof ProgramFailure && UNKNOWN.test(error.words)) return '';
      throw error;
    });
    return text.split('\n').filter((tag) => tag !== '');
  }

  async published(version: string): Promise<Published> {
    const reference = `${this.path}:${tagOf(version)}`;
    const manifest: unknown = JSON.parse(await this.oras(['manifest', 'fetch', reference]));
    const found: unknown = JSON.parse(await this.oras(['discover', '--format', 'json', reference]));
    const layers = listAt(manifest, 'layers').filter((layer) => textAt(layer, 'mediaType') === ARCHIVE_TYPE);
    return {
      digest: (await this.oras(['resolve', reference])).trim(),
      archive: textAt(layers[0], 'digest'),
      attached: listAt(found, 'referrers').map((referrer) => textAt(referrer, 'artifactType')),
    };
  }

  /** Fetches a packed chart into a folder and returns its file. */
  async pull(name: string, version: string, folder: string): Promise<string> {
    await this.helm(['pull', `oci://${this.path}`, '--version', version, '--destination', folder]);
    return join(folder, `${name}-${version}.tgz`);
  }

  oras(args: readonly string[], cwd = '.'): Promise<string> {
    return run('oras', [...args, ...this.#plain()], { env: this.env, cwd });
  }

  helm(args: readonly string[]): Promise<string> {
    return run('helm', [...args, ...this.#plain()], { env: this.env });
  }

  #plain(): readonly string[] {
    return this.#options.plainHttp ? ['--plain-http'] : [];
  }
}

/** A tag has no plus sign; Helm writes an underscore. */
export function tagOf(version: string): string {
  return version.replaceAll('+', '_');
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = isObject(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}

function textAt(value: unknown, key: string): string {
  const text = isObject(value) ? value[key] : undefined;
  return typeof text === 'string' ? text : '';
}
