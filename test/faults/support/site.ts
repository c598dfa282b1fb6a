/** What faults need to know of those who run the pods: the chart, or the tutorial's manifests. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { untilReplicating } from '../../e2e/support/condition.ts';
import { helmUpgrade, type Overrides, type Release } from '../../e2e/support/release.ts';
import { changeTutorial } from '../../tutorial/tutorial.ts';
import type { TestedMethod } from './fault.ts';

/** The parts of a pod that have processes of their own. */
export type Container = 'mysql' | 'agent';

/** States that the agent tells of. */
export type ToldState = 'PurgedBinlogs' | 'ErrantTransactions' | 'StoppedByHand';

/** Who runs the pods. */
export interface Site {
  readonly method: TestedMethod | 'tutorial';
  readonly containers: Readonly<Record<Container, string>>;
  /** Folder of a copy that is not complete, on its volume. */
  readonly copy: string;
  readonly isComplete: (volume: string) => boolean;
  /** Changes values beside those that the release was made with, and leaves the rollout to itself. */
  readonly change: (values: Overrides) => Promise<void>;
  /** Waits until everybody can see that something is wrong with a replica, and that it is mended. */
  readonly untilMended: (ordinal: number, state: ToldState) => Promise<void>;
}

const TOLD_DEADLINE = 150;
/** Long enough to be noticed, by those who notice. */
const UNTOLD_MS = 10_000;

/** A release of the chart. */
export function chartSite(release: Release, method: TestedMethod, values: Overrides): Site {
  return {
    method,
    containers: { mysql: 'mysql', agent: 'agent' },
    copy: 'staging/data',
    isComplete: (volume) => existsSync(join(volume, 'instance')),
    change: (changed) => helmUpgrade(release.namespace, release.name, { ...values, ...changed }),
    untilMended: async (ordinal, state) => {
      await untilReplicating(release, ordinal, state, TOLD_DEADLINE);
      await untilReplicating(release, ordinal, 'Replicating', TOLD_DEADLINE);
    },
  };
}

/** The tutorial, which copies into the data directory itself and tells nobody anything. */
export function tutorialSite({ namespace }: Release): Site {
  return {
    method: 'tutorial',
    containers: { mysql: 'mysql', agent: 'xtrabackup' },
    copy: 'mysql',
    isComplete: () => false,
    change: (values) => changeTutorial(namespace, values),
    untilMended: () => delay(UNTOLD_MS),
  };
}
