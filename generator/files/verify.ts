import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { structuredPatch } from 'diff';
import { GeneratorError } from '../errors/generator-error.ts';
import type { ChartFile } from './chart-file.ts';
import { listFiles } from './list-files.ts';

const SHOWN_LINES = 8;

/** The mistakes of a chart on the disk, compared with the one that the sources give. */
export async function chartMistakes(folder: string, files: readonly ChartFile[]): Promise<readonly GeneratorError[]> {
  const onDisk = await listFiles(folder);
  const wanted = new Map(files.map((file) => [file.path, file]));
  const paths = [...new Set([...onDisk, ...wanted.keys()])].sort();
  const mistakes = await Promise.all(paths.map((path) => fileMistake(folder, path, wanted.get(path), onDisk.includes(path))));
  return mistakes.filter((mistake) => mistake !== undefined);
}

async function fileMistake(
  folder: string,
  path: string,
  wanted: ChartFile | undefined,
  exists: boolean,
): Promise<GeneratorError | undefined> {
  const file = join(folder, path);
  const mistake = (line: number, sentence: string): GeneratorError => new GeneratorError('CHART_DIFFERS', file, line, sentence);
  if (wanted === undefined) return mistake(1, 'No source writes this file. Remove it.');
  if (!exists) return mistake(1, `The file is missing; it comes from ${wanted.source}. Generate the chart again.`);
  const text = await readFile(file, 'utf8');
  if (text === wanted.text) return undefined;
  const [hunk] = structuredPatch(file, file, text, wanted.text, '', '', { context: 0 }).hunks;
  const shown = hunk?.lines.slice(0, SHOWN_LINES).map((line) => `\n    ${line}`) ?? [];
  return mistake(
    hunk?.oldStart ?? 1,
    `The file differs from what ${wanted.source} gives. Change that source, then generate the chart again.${shown.join('')}`,
  );
}
