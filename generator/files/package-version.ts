import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../model/json-schema.ts';

/** The project's version, which is also the chart's. */
export async function packageVersion(root: string): Promise<string> {
  const file: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const version = isObject(file) ? file['version'] : undefined;
  if (typeof version !== 'string') throw new TypeError('package.json has no version.');
  return version;
}
