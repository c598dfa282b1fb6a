/** A primary that moves: because somebody wishes it, because its pod is replaced, or because it is lost. */

import assert from 'node:assert/strict';
import type { EngineName } from '../../../schema/engines.ts';
import { containerProcesses, signal } from '../../faults/support/node.ts';
import { withoutTouch } from '../../faults/support/shortage.ts';
import { Course } from './course.ts';
import { kubectl, podNamed } from './kubernetes.ts';
import { leaderOf, leaseOf, takesWrites, untilFollows, untilLeads, wish } from './lease.ts';
import { untilHolds } from './progress.ts';
import { nameOf } from './pods.ts';
import { allPodsOf, helmUpgrade, SMALL, untilReady, type Release } from './release.ts';
import { scenario, type Step } from './scenario.ts';
import { fill, Writer, writeRows, type WriterReport } from './writer.ts';

const NAME = 'moves';

/** Runs a writer beside some work, and tells what it went through. */
async function written(release: Release, work: () => Promise<void>): Promise<WriterReport> {
  const writer = await Writer.start(release);
  try {
    await work();
  } catch (error) {
    await writer.stop().catch(() => undefined);
    throw error;
  }
  return writer.stop();
}

/** The processes of a pod's containers stand still, as when its machine sleeps, while some work is done. */
async function asleep(release: Release, pod: string, work: () => Promise<void>): Promise<void> {
  const processes = containerProcesses(await podNamed(release.namespace, pod));
  assert.ok(processes.length > 0, `${pod} runs nothing`);
  signal(processes, 'SIGSTOP');
  try {
    await work();
  } finally {
    signal(processes, 'SIGCONT');
  }
}

function defineWishes(step: Step, course: Course): void {
  step('leads by its Lease from pod 0, and three pods may vote', async (world) => {
    course.release = await world.install(NAME, course.values);
    await fill(course.release, 10);
    await writeRows(course.release, 100);
    assert.deepEqual(await leaderOf(course.release), { pod: `${course.release.fullname}-0`, term: 0 });
    const { metadata } = await leaseOf(course.release);
    assert.equal(metadata?.annotations?.['mysql-sts/members'], '3');
  });

  step('hands over to the pod that somebody wishes', async () => {
    const { release } = course;
    const next = `${release.fullname}-1`;
    const report = await written(release, async () => {
      await wish(release, next);
      await untilLeads(release, 'pod 1 to lead', (leader) => leader === next);
    });
    assert.ok(report.longestPause < 20, `no row for ${report.longestPause} s`);
    assert.equal((await leaderOf(release)).term, 1);
  });

  step('stays where it is when the wish is a pod that does not exist', async () => {
    const { release } = course;
    await wish(release, `${release.fullname}-7`);
    await untilHolds('a sentence about it', 60, async () => {
      const log = await kubectl(release.namespace, ['logs', `${release.fullname}-1`, '--container', 'keeper']);
      assert.match(log, /no pod can lead instead of this one: .*-7/);
    });
    assert.equal((await leaderOf(release)).term, 1);
    await kubectl(release.namespace, ['annotate', 'lease', release.fullname, 'mysql-sts/primary-']);
    await writeRows(release, 10);
  });
}

function defineLosses(step: Step, course: Course): void {
  step('elects another primary while the machine of the old one sleeps, which comes back as a replica', async () => {
    const { release } = course;
    const old = (await leaderOf(release)).pod;
    const report = await written(release, async () => {
      await asleep(release, old, async () => {
        const leader = await untilLeads(release, 'another pod to lead', (pod) => pod !== old);
        assert.notEqual(leader, old);
      });
    });
    assert.ok(report.longestPause < 60, `no row for ${report.longestPause} s`);
    await untilFollows(release, old);
    assert.equal((await leaderOf(release)).term, 2);
  });

  step('goes on when the server of the primary is killed', async () => {
    const { release } = course;
    const { pod } = await leaderOf(release);
    await written(release, async () => {
      await kubectl(release.namespace, [
        'exec',
        pod,
        '--container',
        'mysql',
        '--',
        'bash',
        '-c',
        'kill -9 "$(cat /run/mysql-sts/mysqld.pid)"',
      ]);
      await untilHolds('a primary that takes writes', 90, async () => {
        assert.ok(await takesWrites(release, (await leaderOf(release)).pod), 'no pod takes writes');
      });
    });
    await untilReady(release);
  });
}

/** Whether services may lead readers to a pod. */
async function isReadable(release: Release, name: string): Promise<boolean> {
  const pod = await podNamed(release.namespace, name);
  return pod.metadata?.labels?.['mysql-sts/readable'] === 'true';
}

function defineReaders(step: Step, course: Course): void {
  step('takes readers from a replica that no packet reaches, until it is back', async () => {
    const { release } = course;
    const primary = (await leaderOf(release)).pod;
    const replica = (await allPodsOf(release)).find((pod) => nameOf(pod) !== primary);
    assert.ok(replica !== undefined, 'there is no replica');
    assert.ok(await isReadable(release, nameOf(replica)), 'it has no readers to begin with');
    const report = await written(release, () =>
      withoutTouch(replica, '0.0.0.0/0', () =>
        untilHolds('no readers for a pod that is out of reach', 40, async () => {
          assert.ok(!(await isReadable(release, nameOf(replica))), 'services lead to it');
        }),
      ),
    );
    assert.ok(report.longestPause < 20, `no row for ${report.longestPause} s`);
    await untilHolds('readers for a pod that is back', 120, async () => {
      assert.ok(await isReadable(release, nameOf(replica)), 'services do not lead to it');
    });
    assert.equal((await leaderOf(release)).pod, primary);
  });
}

function defineVolumeLoss(step: Step, course: Course): void {
  step('goes on from another pod when the primary loses its volume, and clones it', async () => {
    const { release } = course;
    const old = (await leaderOf(release)).pod;
    await written(release, async () => {
      await kubectl(release.namespace, ['delete', 'persistentvolumeclaim', `data-${old}`, '--wait=false']);
      await kubectl(release.namespace, ['delete', 'pod', old, '--wait=false']);
      await untilLeads(release, 'another pod to lead', (pod) => pod !== old);
    });
    await untilFollows(release, old);
  });
}

function defineUpdate(step: Step, course: Course): void {
  step('updates all pods under a writer', async ({ namespace }) => {
    const { release, values } = course;
    const report = await written(release, async () => {
      await helmUpgrade(namespace, NAME, { ...values, pod: { annotations: { 'example.com/restarted': 'now' } } });
      await untilReady(release);
    });
    assert.ok(report.longestPause < 60, `no row for ${report.longestPause} s`);
  });
}

/** Runs the scenario on one engine. */
export function testFailover(engine: EngineName): void {
  scenario(`failover-${engine.replace('.', '-')}`, (step) => {
    const course = new Course({ ...SMALL, engine, failover: { mode: 'automatic' } });
    defineWishes(step, course);
    defineReaders(step, course);
    defineLosses(step, course);
    defineVolumeLoss(step, course);
    defineUpdate(step, course);
  });
}
