/** Lets those that are compared take turns, so that a machine that becomes slower does so for all of them. */

import { say } from '../e2e/support/progress.ts';
import { median } from './median.ts';
import type { Measurement, Profile } from './results.ts';
import type { Ledger } from './support.ts';

const ROUNDS = 3;

/** A number that something gave in one round. */
export interface Reading extends Measurement {
  /** Where its seconds went. */
  readonly profiles?: readonly Profile[];
}

/** One turn of one contender. */
export type Work = () => Promise<readonly Reading[]>;

async function round(works: readonly Work[]): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  for (const work of works) {
    const latest = await work();
    for (const { what, contender, value, unit } of latest)
      say(`${value.toFixed(1).padStart(9)} ${unit}  in this turn, ${what}: ${contender}`);
    readings.push(...latest);
  }
  return readings;
}

/**
 * Runs all works in some rounds and enters the reading in the middle of each, with the profiles of that reading. A round before them
 * is not counted: it fills caches.
 */
export async function takeTurns(works: readonly Work[], ledger: Ledger): Promise<void> {
  await round(works);
  const all: Reading[] = [];
  for (let count = 0; count < ROUNDS; count += 1) all.push(...(await round(works)));
  const names = new Set(all.map(nameOf));
  for (const name of names)
    enterMiddle(
      all.filter((reading) => nameOf(reading) === name),
      ledger,
    );
}

function nameOf({ what, contender }: Reading): string {
  return `${what}: ${contender}`;
}

function enterMiddle(group: readonly Reading[], ledger: Ledger): void {
  const middle = median(group.map(({ value }) => value));
  const reading = group.find(({ value }) => value === middle);
  if (reading === undefined) throw new Error('A median of an odd number of readings is one of them.');
  const { profiles = [], ...measurement } = reading;
  ledger.enter(measurement);
  for (const profile of profiles) ledger.keep(profile);
}
