/** What the agent says of its pod, for everybody who can read pods. */

import assert from 'node:assert/strict';
import { podNamed } from './kubernetes.ts';
import { untilHolds } from './progress.ts';
import type { Release } from './release.ts';

/** A copy of a busy donor on a busy machine takes its time. */
const DEADLINE = 300;

/** Waits until the pod's condition `mysql-sts/Replicating` has this reason. */
export async function untilReplicating({ namespace, fullname }: Release, ordinal: number, reason: string): Promise<void> {
  const name = `${fullname}-${ordinal}`;
  await untilHolds(`the state ${reason} of ${name}`, DEADLINE, async () => {
    const { status } = await podNamed(namespace, name);
    const found = status?.conditions?.find(({ type }) => type === 'mysql-sts/Replicating');
    assert.equal(found?.reason, reason, found?.message);
  });
}
