import type { ChartValues } from '../check/chart-values.ts';
import { mergeEntries, NO_VALUES, type Entry } from '../check/entry.ts';
import { inReadingOrder, type Finding } from '../check/finding.ts';
import { judge } from '../check/judge.ts';
import { readFile, type ReadFile } from '../check/read-file.ts';
import { readText, STANDARD_INPUT } from '../files/read-input.ts';

/** Values files, read, merged and judged. */
export interface JudgedFiles {
  readonly files: readonly string[];
  readonly entry: Entry;
  readonly findings: readonly Finding[];
}

/**
 * Reads values files in the order in which Helm would merge them, and judges what can be read of them. A file of another chart is told
 * in one finding, and nothing else is judged: its keys would all be unknown.
 */
export async function judgeFiles(files: readonly string[], chart: ChartValues): Promise<JudgedFiles> {
  const names = files.map((file) => (file === STANDARD_INPUT ? '<stdin>' : file));
  const texts = await Promise.all(files.map(readText));
  const read = texts.map((text, index) => readFile({ file: names[index] ?? '', text }, chart.schema));
  const foreign = read.filter(({ isForeign }) => isForeign).flatMap(({ findings }) => findings);
  if (foreign.length > 0) return { files: names, entry: NO_VALUES, findings: inReadingOrder(foreign, names) };
  const entry = read.reduce((merged, file) => (file.entry === undefined ? merged : mergeEntries(merged, file.entry)), NO_VALUES);
  return {
    files: names,
    entry,
    findings: inReadingOrder([...read.flatMap(({ findings }) => findings), ...judged(entry, read, chart)], names),
  };
}

/** What is wrong with the values. Whether they fit together is known only when all of them are. */
function judged(entry: Entry, read: readonly ReadFile[], chart: ChartValues): readonly Finding[] {
  const isWhole = read.every((file) => file.entry !== undefined);
  return judge(entry, chart).filter(({ code }) => isWhole || code !== 'BROKEN_RULE');
}
