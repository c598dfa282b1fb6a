/** What the benchmark has measured, part by part, in a file of the project: a run that is cut off goes on where it was. */

import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { hasFields, PROVENANCE_FIELDS, Records, type Provenance } from '../support/records.ts';
import { ROOT } from '../support/tools.ts';
import type { Pace } from './pace.ts';

/** A number of one contender. */
export interface Measurement {
  readonly what: string;
  readonly contender: string;
  readonly value: number;
  readonly unit: 's' | 'MiB/s' | 'MiB' | 'millicores' | 'rows/s' | '%';
}

/** A stretch of time in a profile. */
export interface Phase {
  readonly name: string;
  readonly seconds: number;
}

/** Where the seconds of something go. */
export interface Profile {
  readonly what: string;
  readonly contender: string;
  readonly phases: readonly Phase[];
}

/** What one part of the benchmark found. */
export interface PartResult extends Provenance {
  readonly part: string;
  /** Names one start of one machine: ratios between two of them would say nothing. */
  readonly machine: string;
  readonly processors: string;
  readonly megabytes: number;
  readonly seconds: number;
  /** Of the machine, before the part and after it. */
  readonly paces: readonly [before: Pace, after: Pace];
  readonly measurements: readonly Measurement[];
  readonly profiles: readonly Profile[];
}

const FIELDS = {
  part: 'string',
  machine: 'string',
  processors: 'string',
  megabytes: 'number',
  seconds: 'number',
  ...PROVENANCE_FIELDS,
} as const;

/** The file with all parts. */
export const benchResults = new Records<PartResult>(join(ROOT, 'docs/performance/results.json'), {
  is: (value): value is PartResult =>
    hasFields(value, FIELDS) &&
    typeof value === 'object' &&
    value !== null &&
    ['paces', 'measurements', 'profiles'].every((field) => field in value),
  nameOf: ({ part }) => part,
});

/** The machine that this runs on. */
export function thisMachine(): Pick<PartResult, 'machine' | 'processors'> {
  const [processor] = cpus();
  return {
    machine: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8),
    processors: `${cpus().length} processors, ${processor?.model ?? 'unknown'}`,
  };
}
