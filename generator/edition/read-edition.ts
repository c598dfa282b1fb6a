import { extname, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { valid } from 'semver';
import { entryOf, NO_VALUES, type Entry } from '../check/entry.ts';
import { FindingsError } from '../check/finding.ts';
import { readValues } from '../check/read-values.ts';
import { InputError } from '../errors/input-error.ts';
import { isFolder, readText } from '../files/read-input.ts';
import { isObject } from '../model/json-schema.ts';
import type { Edition } from './edition.ts';

/** What a person says of an edition. */
export interface EditionOptions {
  readonly name: string;
  readonly chartVersion?: string;
  readonly defaults?: string;
}

/** As Helm and Kubernetes take names. */
const NAME = /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/;

const YAML_FILES = ['.yaml', '.yml', '.json'];
const MODULES = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'];

/** This package as a defaults file imports it: from wherever the program runs, so nothing need be installed beside it. */
const OWN_MODULE = fileURLToPath(new URL(`../index${extname(import.meta.url)}`, import.meta.url));

/** Reads the defaults of an edition from YAML or from a module, and checks its name and version. */
export async function readEdition({ name, chartVersion, defaults }: EditionOptions): Promise<Edition> {
  if (!NAME.test(name)) {
    const sentence = `${name} is no name for a chart. Use up to 40 small letters, digits and dashes, a letter first.`;
    throw new InputError('BAD_NAME', sentence);
  }
  if (chartVersion !== undefined && valid(chartVersion) === null) {
    throw new InputError('BAD_NAME', `${chartVersion} is no version for a chart. Use three numbers, such as 1.4.0.`);
  }
  const overrides = defaults === undefined ? NO_VALUES : await readDefaults(defaults);
  return { name, version: chartVersion, overrides, source: defaults === undefined ? 'schema/' : pathFromHere(defaults) };
}

/** One spelling for a file, however it was named: it becomes part of what is written. */
function pathFromHere(file: string): string {
  return relative('', file).split(sep).join(posix.sep);
}

async function readDefaults(file: string): Promise<Entry> {
  const extension = extname(file);
  if (MODULES.includes(extension)) return entryOf(await importDefaults(file));
  if (!YAML_FILES.includes(extension)) {
    const sentence = `${file} is neither YAML (${YAML_FILES.join(', ')}) nor a module (${MODULES.join(', ')}).`;
    throw new InputError('BAD_DEFAULTS_FILE', sentence);
  }
  const read = readValues({ file, text: await readText(file) });
  if (!read.isGood) throw new FindingsError(file, read.findings);
  return read.entry;
}

/** Only what JSON can hold is a value; a function or a class would be lost in the chart. */
async function importDefaults(file: string): Promise<unknown> {
  if (await isFolder(file)) throw new InputError('FILE_IS_FOLDER', `${file} is a folder. Name a file in it.`);
  try {
    const jiti = createJiti(import.meta.url, {
      alias: { 'mysql-sts': OWN_MODULE },
      fsCache: false,
      interopDefault: false,
    });
    const module: unknown = await jiti.import(resolve(file));
    const content = isObject(module) ? module['default'] : undefined;
    if (!isObject(content)) throw new TypeError('it has no default export with values in it');
    const plain: unknown = JSON.parse(JSON.stringify(content));
    return plain;
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    const sentence = `${file} gives no defaults: ${reason}. It should end like export default defineDefaults({ … }).`;
    throw new InputError('BAD_DEFAULTS_FILE', sentence);
  }
}
