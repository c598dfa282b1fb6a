/** All faults, and those that cannot be made here. */

import { CLONE_FAULTS } from './catalogue/clone.ts';
import { DATA_FAULTS } from './catalogue/data.ts';
import { SERVER_FAULTS } from './catalogue/servers.ts';
import { SURROUNDING_FAULTS } from './catalogue/surroundings.ts';
import type { Fault, FaultNotRun } from './support/fault.ts';

export const FAULTS: readonly Fault[] = [...CLONE_FAULTS, ...SERVER_FAULTS, ...DATA_FAULTS, ...SURROUNDING_FAULTS];

export const NOT_RUN: readonly FaultNotRun[] = [
  { name: 'a slow disk', reason: 'the volumes of the local node lie on the machine\'s own file system, and no device mapper is there to slow one down' },
  { name: 'a clock that is wrong', reason: 'the kernel gives no pod a wall clock of its own' },
];
