/** All faults, and those that cannot be made here. */

import { CHANGE_FAULTS } from './catalogue/changes.ts';
import { CLONE_FAULTS } from './catalogue/clone.ts';
import { DATA_FAULTS } from './catalogue/data.ts';
import { DONOR_FAULTS } from './catalogue/donors.ts';
import { SERVER_FAULTS } from './catalogue/servers.ts';
import { STRANGER_FAULTS } from './catalogue/strangers.ts';
import { SURROUNDING_FAULTS } from './catalogue/surroundings.ts';
import type { Fault, FaultNotRun } from './support/fault.ts';

/** A fault with the module that makes it, counted from the project's root. */
export interface ListedFault extends Fault {
  readonly module: string;
}

function from(module: string, faults: readonly Fault[]): readonly ListedFault[] {
  return faults.map((fault) => ({ ...fault, module: `test/faults/catalogue/${module}.ts` }));
}

export const FAULTS: readonly ListedFault[] = [
  ...from('clone', CLONE_FAULTS),
  ...from('donors', DONOR_FAULTS),
  ...from('servers', SERVER_FAULTS),
  ...from('data', DATA_FAULTS),
  ...from('surroundings', SURROUNDING_FAULTS),
  ...from('strangers', STRANGER_FAULTS),
  ...from('changes', CHANGE_FAULTS),
];

export const NOT_RUN: readonly FaultNotRun[] = [
  {
    name: 'a clock that is wrong',
    reason:
      'a time namespace of Linux shifts the clocks that count from the start of the machine and leaves the time of day, of which a machine has one',
  },
  {
    name: 'the stream of a clone cut exactly between two of its chunks',
    reason:
      "on the cluster a connection is cut wherever it is; `test/scripts/clone-stream.test.ts` ends the real tool's stream there, without its proof, and the copy is refused",
  },
];
