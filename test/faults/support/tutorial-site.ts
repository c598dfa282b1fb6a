/** A release of the tutorial's manifests, as faults see it. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Release } from '../../e2e/support/release.ts';
import { changeTutorial } from '../../tutorial/tutorial.ts';
import type { Site } from './site.ts';

/** Long enough to be noticed, by those who notice. */
const UNTOLD_MS = 10_000;

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
