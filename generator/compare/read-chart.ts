import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { chartValues, type ChartValues } from '../check/chart-values.ts';
import { plainValue } from '../check/entry.ts';
import { readValues } from '../check/read-values.ts';
import { OVERRIDE_SCHEMA } from '../editor/editor-schema.ts';
import { InputError } from '../errors/input-error.ts';
import { listFiles } from '../files/list-files.ts';
import { isFolder, unreadable } from '../files/read-input.ts';
import { assertSchema, isObject, type Schema } from '../model/json-schema.ts';
import { knownSchema } from '../model/known-schema.ts';
import type { PlainValues } from '../rules/evaluate-rules.ts';
import { readArchive } from './chart-archive.ts';

/** A chart that somebody named, unpacked. */
export interface Chart {
  /** What a person called it: its folder or archive. */
  readonly from: string;
  readonly name: string;
  readonly version: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly files: ReadonlyMap<string, string>;
}

/** Reads a chart from its folder, or from the archive that `helm package` made of it. */
export async function readChart(from: string): Promise<Chart> {
  const files = (await isFolder(from)) ? await readFolder(from) : await readArchive(from);
  const text = files.get('Chart.yaml');
  if (text === undefined)
    throw new InputError('NOT_A_CHART', `${from} has no Chart.yaml, so it is no chart. Name a chart's folder or archive.`);
  const metadata = parsed(from, 'Chart.yaml', (): unknown => parse(text));
  const { name, version } = isObject(metadata) ? metadata : {};
  if (!isObject(metadata) || typeof name !== 'string' || typeof version !== 'string') {
    throw new InputError('NOT_A_CHART', `${from}/Chart.yaml has no name and version, so this is no chart.`);
  }
  return { from, name, version, metadata, files };
}

/** The measures that a chart has for values. Fails for a chart that this generator did not write. */
export function valuesOf({ from, files }: Chart): ChartValues {
  const schemaText = files.get('values.schema.json');
  if (schemaText === undefined) {
    const sentence = `${from} has no values.schema.json, so nothing says which values it takes. Name a chart of mysql-sts.`;
    throw new InputError('NO_SCHEMA', sentence);
  }
  const schema = parsed(from, 'values.schema.json', () => ownSchema(JSON.parse(schemaText)));
  const defaults = parsed(from, 'values.yaml', () => ownValues(files.get('values.yaml') ?? ''));
  const peopleText = files.get(OVERRIDE_SCHEMA);
  const people = peopleText === undefined ? schema : parsed(from, OVERRIDE_SCHEMA, () => knownSchema(JSON.parse(peopleText)));
  return chartValues(schema, defaults, people);
}

/** Defaults as Helm reads them. */
function ownValues(text: string): PlainValues {
  const read = readValues({ file: 'values.yaml', text });
  if (!read.isGood) throw new TypeError(read.findings[0]?.message);
  const values = plainValue(read.entry);
  return isObject(values) ? values : {};
}

function ownSchema(document: unknown): Schema {
  assertSchema(document);
  return document;
}

/** What a function makes of a file of the chart. Whatever it throws means that the file is not what it should be. */
export function parsed<T>(from: string, file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new InputError('NOT_A_CHART', `${from}/${file} is not what mysql-sts writes: ${reason}`);
  }
}

async function readFolder(folder: string): Promise<ReadonlyMap<string, string>> {
  const read = async (path: string): Promise<[string, string]> => [path, await readFile(join(folder, path), 'utf8')];
  try {
    const paths = await listFiles(folder);
    return new Map(paths.includes('Chart.yaml') ? await Promise.all(paths.map(read)) : []);
  } catch (error) {
    throw unreadable(folder, error);
  }
}
