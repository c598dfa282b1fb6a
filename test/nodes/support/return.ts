/** Writes that are acknowledged again, and a pod that is back. */

import assert from 'node:assert/strict';
import { leaderOf, untilFollows } from '../../e2e/support/lease.ts';
import { condition, untilHolds, waitFor, type Look } from '../../e2e/support/progress.ts';
import type { Release } from '../../e2e/support/release.ts';
import { replicaStatus } from '../../e2e/support/sql.ts';

/** Seconds in which a writer finds a primary that leads. */
const WRITE_DEADLINE = 30;
/** Seconds in which a pod has started again, and has been cloned if need be. */
const FOLLOW_DEADLINE = 300;

/** Waits until a writer beside it has another row acknowledged. */
export async function untilWritten({ ledger }: Release): Promise<void> {
  const before = ledger.size;
  const look = (): Promise<Look<undefined>> => Promise.resolve(condition(ledger.size > before, 'writes fail'));
  await waitFor({ what: 'an acknowledged row', deadline: WRITE_DEADLINE, look });
}

/** Waits until a pod receives from the one that leads: before that it may find that it has to be cloned. */
export async function untilReceives(release: Release, pod: string): Promise<void> {
  const { ioRunning, sourceHost } = release.engine.columns;
  await untilHolds(`${pod} to receive from the primary`, FOLLOW_DEADLINE, async () => {
    const status = await replicaStatus(release, pod).catch(() => new Map<string, string>());
    const leader = (await leaderOf(release)).pod;
    const receives = status.get(ioRunning) === 'Yes' && status.get(sourceHost)?.split('.')[0] === leader;
    assert.ok(receives, `${pod} does not receive from ${leader} yet`);
  });
  await untilFollows(release, pod);
}
