/** What a fault is: something bad that happens to a release while clients use it. */

import type { CloneMethod } from '../../../schema/engines.ts';
import type { Course } from './course.ts';

/** The clone methods that run here with nothing but real parts. */
export type TestedMethod = Extract<CloneMethod, 'plugin' | 'mariadb-backup'>;


/** A fault of the list. */
export interface Fault {
  /** Completes the sentence "… happens", and names the fault in the results. */
  readonly name: string;
  /** Methods that can meet it; left out, all. */
  readonly methods?: readonly TestedMethod[];
  /** Whether it belongs to the short list of `make telling-faults`. */
  readonly telling?: true;
  /** A fault that destroys the primary's volume under its writer loses what no replica had yet: that is counted, not denied. */
  readonly loses?: 'what no replica had';
  /** Makes it happen, and returns once it is over or can be seen. */
  readonly strike: (course: Course) => Promise<void>;
}

/** A fault that this machine cannot make. */
export interface FaultNotRun {
  readonly name: string;
  readonly reason: string;
}
