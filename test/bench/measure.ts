/** What a measurement is, and how ratios are made of several. */

import { stopwatch } from '../e2e/support/progress.ts';

/** Who was measured. */
export type Contender = 'mysql' | 'mariadb' | 'tutorial' | 'pipeline' | 'limit';

/** One number of one contender. */
export interface Measurement {
  /** What was measured, the same words for all contenders. */
  readonly what: string;
  readonly contender: Contender;
  readonly value: number;
  readonly unit: 's' | 'MiB/s' | 'MiB' | 'millicores' | 'rows/s';
}

/** Times some work in seconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const seconds = stopwatch();
  await work();
  return seconds();
}

/** The number in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('There is no median of nothing.');
  return middle;
}
