/** A release of the chart, as faults see it. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { untilReplicating } from '../../e2e/support/condition.ts';
import { helmUpgrade, type Overrides, type Release } from '../../e2e/support/release.ts';
import type { TestedMethod } from './fault.ts';
import type { Site } from './site.ts';

/** A release of the chart, made with these values. */
export function chartSite(release: Release, method: TestedMethod, values: Overrides): Site {
  return {
    method,
    containers: { mysql: 'mysql', agent: 'agent' },
    copy: 'staging/data',
    isComplete: (volume) => existsSync(join(volume, 'instance')),
    change: (changed) => helmUpgrade(release.namespace, release.name, { ...values, ...changed }),
    untilMended: async (ordinal, state) => {
      await untilReplicating(release, ordinal, state);
      await untilReplicating(release, ordinal, 'Replicating');
    },
  };
}
