/** What the agent says of its pod, for everybody who can read pods. */

import assert from 'node:assert/strict';
import { core } from './kubernetes.ts';
import { untilHolds } from './progress.ts';
import type { Release } from './release.ts';

/** Waits until the pod's condition `mysql-sts/Replicating` has this reason. */
export async function untilReplicating({ namespace, fullname }: Release, ordinal: number, reason: string, deadline = 60): Promise<void> {
  const name = `${fullname}-${ordinal}`;
  await untilHolds(`the state ${reason} of ${name}`, deadline, async () => {
    const { status } = await core.readNamespacedPod({ namespace, name });
    const found = status?.conditions?.find(({ type }) => type === 'mysql-sts/Replicating');
    assert.equal(found?.reason, reason, found?.message);
  });
}
