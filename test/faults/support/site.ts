/** What faults need to know of those who run the pods: the chart, or the tutorial's manifests. */

import type { Overrides } from '../../e2e/support/release.ts';
import type { Method } from './fault.ts';

/** The parts of a pod that have processes of their own. */
export type Container = 'mysql' | 'agent';

/** States that the agent tells of. */
export type ToldState = 'PurgedBinlogs' | 'ErrantTransactions' | 'StoppedByHand';

/** Who runs the pods. */
export interface Site {
  readonly method: Method;
  readonly containers: Readonly<Record<Container, string>>;
  /** Folder of a copy that is not complete, on its volume. */
  readonly copy: string;
  readonly isComplete: (volume: string) => boolean;
  /** Changes values beside those that the release was made with, and leaves the rollout to itself. */
  readonly change: (values: Overrides) => Promise<void>;
  /** Waits until everybody can see that something is wrong with a replica, and that it is mended. */
  readonly untilMended: (ordinal: number, state: ToldState) => Promise<void>;
}
