/** What a fault is: something bad that happens to a release while clients use it. */

import type { CloneMethod } from '../../../schema/engines.ts';
import type { Course } from './course.ts';

/** The clone methods that run here with nothing but real parts. */
export type TestedMethod = Extract<CloneMethod, 'plugin' | 'mariadb-backup'>;

/** Whoever runs the pods, by the way they are cloned. */
export type Method = TestedMethod | 'tutorial';

/** A fault of the list. */
export interface Fault {
  /** Completes the sentence "… happens", and names the fault in the results. */
  readonly name: string;
  /** Methods that can meet it; left out, all. */
  readonly methods?: readonly Method[];
  /** Whether it belongs to the short list of `make telling-faults`. */
  readonly telling?: true;
  /** A fault that destroys the primary's volume under its writer loses what no replica had yet: that is counted, not denied. */
  readonly loses?: 'what no replica had';
  /** Makes it happen, and returns once it is over or can be seen. */
  readonly strike: (course: Course) => Promise<void>;
}

/** What a release must not let happen, and did. Other errors of a fault, but for NotMade, are of its course. */
export class Harm extends Error {}

/** What came of a fault. */
export interface Outcome {
  readonly held: boolean;
  /** Seconds from the fault, or its end where it lasts, until every pod was Ready and the primary took writes. */
  readonly recovery: number;
  /** What the writer and the reader went through, and what was lost. */
  readonly detail: string;
}

/** Whom faults happen to, with a release that goes on while it survives. */
export interface Trial {
  readonly suffer: (fault: Fault) => Promise<Outcome>;
  /** Removes the release. */
  readonly end: () => Promise<void>;
}

/** A fault that this machine cannot make. */
export interface FaultNotRun {
  readonly name: string;
  readonly reason: string;
}
