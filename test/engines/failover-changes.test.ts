/** A release that runs already gets a primary that moves, grows and shrinks with it, and goes back to one that stays. */

import assert from 'node:assert/strict';
import { Course } from '../e2e/support/course.ts';
import { kubectl } from '../e2e/support/kubernetes.ts';
import { leaseOf, untilLeads, wish } from '../e2e/support/lease.ts';
import { identityOf } from '../e2e/support/pods.ts';
import { untilHolds } from '../e2e/support/progress.ts';
import { checkRefused } from '../e2e/support/refusal.ts';
import { helmUpgrade, podsOf, SMALL, untilReady, type Overrides, type Release } from '../e2e/support/release.ts';
import { scenario, type Step } from '../e2e/support/scenario.ts';
import { fill, Writer, writeRows } from '../e2e/support/writer.ts';

const NAME = 'changes';
const AUTOMATIC: Overrides = { ...SMALL, failover: { mode: 'automatic' } };

/** Changes the values under a writer until all pods are Ready, and returns for how long it waited for a row at most, in seconds. */
async function upgraded(release: Release, values: Overrides): Promise<number> {
  const writer = await Writer.start(release);
  try {
    await helmUpgrade(release.namespace, NAME, values);
    await untilReady(release);
  } catch (error) {
    await writer.stop().catch(() => undefined);
    throw error;
  }
  return (await writer.stop()).longestPause;
}

/** Waits until the Lease counts so many pods, of which a commit reaches so many. */
async function untilCounts(release: Release, members: number, acks: number): Promise<void> {
  await untilHolds(`a Lease that counts ${members} pods`, 120, async () => {
    const { metadata } = await leaseOf(release);
    assert.equal(metadata?.annotations?.['mysql-sts/members'], String(members), 'members');
    assert.equal(metadata.annotations['mysql-sts/acks'], String(acks), 'acks');
  });
}

/** Lets a pod lead, and waits until it does. */
async function letLead(release: Release, ordinal: number): Promise<void> {
  const next = `${release.fullname}-${ordinal}`;
  await wish(release, next);
  await untilLeads(release, `pod ${ordinal} to lead`, (leader) => leader === next);
}

function defineBeginning(step: Step, course: Course): void {
  step('starts with a primary that stays', async (world) => {
    course.release = await world.install(NAME, SMALL);
    await fill(course.release, 10);
    await writeRows(course.release, 100);
  });

  step('gets a primary that moves, under a writer', async () => {
    const { release } = course;
    await upgraded(release, AUTOMATIC);
    await untilCounts(release, 3, 1);
    await letLead(release, 1);
    await writeRows(release, 100);
  });
}

function defineSizes(step: Step, course: Course): void {
  step('grows to five pods, and two others acknowledge then', async ({ namespace }) => {
    const { release } = course;
    const before = await podsOf(namespace, NAME);
    await upgraded(release, { ...AUTOMATIC, replicaCount: 5 });
    assert.deepEqual((await podsOf(namespace, NAME)).slice(0, 3).map(identityOf), before.map(identityOf), 'a pod that stays was touched');
    await untilCounts(release, 5, 2);
  });

  step('shrinks to three, although the last pod leads', async () => {
    const { release } = course;
    await letLead(release, 4);
    const pause = await upgraded(release, AUTOMATIC);
    assert.ok(pause < 60, `no row for ${pause} s`);
    await untilCounts(release, 3, 1);
    await writeRows(release, 100);
  });
}

function defineEnd(step: Step, course: Course): void {
  step('does not go back to a primary that stays while another pod leads', async () => {
    const { release } = course;
    await letLead(release, 2);
    await checkRefused(
      release,
      SMALL,
      /failover\.mode: changes-mysql-sts-2 leads, and without failover changes-mysql-sts-0 is the primary/,
    );
  });

  step('goes back when pod 0 leads', async () => {
    const { release } = course;
    await letLead(release, 0);
    await upgraded(release, SMALL);
    await writeRows(release, 100);
    await kubectl(release.namespace, ['delete', 'pod', `${release.fullname}-0`]);
    await untilReady(release);
    await writeRows(release, 100);
  });
}

scenario('failover-changes', (step) => {
  const course = new Course(AUTOMATIC);
  defineBeginning(step, course);
  defineSizes(step, course);
  defineEnd(step, course);
});
