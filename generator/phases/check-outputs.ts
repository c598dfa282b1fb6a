import { GeneratorError } from '../errors/generator-error.ts';
import type { ChartFile } from '../files/chart-file.ts';

/** Fails when two sources write the same file of the chart; returns the files in the order of their paths. */
export function checkOutputs(files: readonly ChartFile[]): readonly ChartFile[] {
  const sorted = [...files].sort((left, right) => (left.path < right.path ? -1 : 1));
  for (const [index, { path, source }] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next?.path === path) {
      throw new GeneratorError('DUPLICATE_OUTPUT', next.source, 1, `The chart's file ${path} is also written from ${source}.`);
    }
  }
  return sorted;
}
