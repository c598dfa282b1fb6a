import type { ChartValues } from '../check/chart-values.ts';
import { mergeEntries, NO_VALUES, type Entry } from '../check/entry.ts';
import { inReadingOrder, type Finding } from '../check/finding.ts';
import { judge } from '../check/judge.ts';
import { readValues } from '../check/read-values.ts';
import { readText, STANDARD_INPUT } from '../files/read-input.ts';

/** Values files, read, merged and judged. */
export interface JudgedFiles {
  readonly files: readonly string[];
  readonly entry: Entry;
  readonly findings: readonly Finding[];
}

/** Reads values files in the order in which Helm would merge them. Mistakes in a text keep the rest from being judged. */
export async function judgeFiles(files: readonly string[], chart: ChartValues): Promise<JudgedFiles> {
  const names = files.map((file) => (file === STANDARD_INPUT ? '<stdin>' : file));
  const texts = await Promise.all(files.map(readText));
  const read = texts.map((text, index) => readValues({ file: names[index] ?? '', text }));
  const entry = read.reduce((merged, file) => (file.isGood ? mergeEntries(merged, file.entry) : merged), NO_VALUES);
  const broken = read.flatMap((file) => (file.isGood ? [] : file.findings));
  const findings = broken.length > 0 ? broken : judge(entry, chart);
  return { files: names, entry, findings: inReadingOrder(findings, names) };
}
