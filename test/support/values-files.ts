import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { isObject } from '../../generator/model/json-schema.ts';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { CHART, ROOT } from './tools.ts';

/** Every values file that the project shows: those of chart/ci and of examples/. */
export function valuesFiles(): readonly string[] {
  const folders = [join(CHART, 'ci'), join(ROOT, 'examples')].filter((folder) => existsSync(folder));
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => basename(file).endsWith('values.yaml'))
      .sort()
      .map((file) => join(folder, file)),
  );
}

/** The values in a file. */
export function readValues(file: string): PlainValues {
  const content: unknown = parse(readFileSync(file, 'utf8'));
  return isObject(content) ? content : {};
}
