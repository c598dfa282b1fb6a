/** What came of the faults: one entry a fault and subject, in a file of the project, with what it takes to tell old entries from new ones. */

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { imageFolder } from '../../cluster/images/cache.ts';
import { recipesFor } from '../../cluster/images/recipes.ts';
import { digestOf } from '../../support/digest.ts';
import { hasFields, PROVENANCE_FIELDS, Records, type Provenance } from '../../support/records.ts';
import { ROOT } from '../../support/tools.ts';
import type { ListedFault } from '../catalogue.ts';
import type { Outcome } from './fault.ts';
import { isOfChart, type Subject } from './subjects.ts';

/** What came of one fault. */
export interface Result extends Provenance, Outcome {
  readonly fault: string;
  /** The engine and the method, or the tutorial. */
  readonly subject: string;
}

const FIELDS = { fault: 'string', subject: 'string', held: 'boolean', recovery: 'number', detail: 'string', ...PROVENANCE_FIELDS } as const;

/** Where they are kept. */
export const RESULTS_FILE = join(ROOT, 'docs/faults/results.json');

/** The entries of such a file. */
export function faultResults(file = RESULTS_FILE): Records<Result> {
  return new Records(file, {
    is: (value): value is Result => hasFields(value, FIELDS),
    nameOf: ({ fault, subject }) => `${subject}: ${fault}`,
  });
}

/** Both are run on the same cluster. */
const CLUSTER = [
  'test/cluster/provisioner',
  ...readdirSync(join(ROOT, 'test/cluster'))
    .filter((name) => name.endsWith('.sh'))
    .map((name) => `test/cluster/${name}`),
];
const CHART = ['chart/templates', 'chart/files', 'chart/values.yaml'];
/** These print, or say which images there are. */
const APART = ['test/e2e/support/autopsy.ts', 'test/cluster/images/recipes.ts'];

/** Names all that decides what comes of a fault. What concerns the chart alone decides nothing for the tutorial. */
export function digestFor({ module }: Pick<ListedFault, 'module'>, subject: Subject): string {
  const trial = isOfChart(subject) ? 'chart-trial' : 'tutorial-trial';
  return digestOf({
    modules: [module, `test/faults/support/${trial}.ts`],
    apart: APART,
    files: [...CLUSTER, ...(isOfChart(subject) ? CHART : ['test/tutorial/manifests.yaml'])],
    words: recipesFor([isOfChart(subject) ? subject.engine : subject.name]).map((recipe) => basename(imageFolder(recipe).folder)),
  });
}

/** What an entry says of the present tree. */
export type Standing = 'unknown' | 'failed' | 'of another tree' | 'current';

/** That a release of the chart did not survive is never the last word. */
export function standingOf(result: Result | undefined, digest: string, subject: Subject): Standing {
  if (result === undefined) return 'unknown';
  if (!result.held && isOfChart(subject)) return 'failed';
  return result.digest === digest ? 'current' : 'of another tree';
}
