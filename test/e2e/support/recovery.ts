/** What would end a replica or the cluster elsewhere: seen, told, and mended as the values allow. */

import assert from 'node:assert/strict';
import type { EngineName } from '../../../schema/engines.ts';
import { purgeBinaryLogs } from './binary-logs.ts';
import { untilReplicating } from './condition.ts';
import { Course } from './course.ts';
import { kubectl, podNamed } from './kubernetes.ts';
import { identityOf, nameOf } from './pods.ts';
import { untilHolds } from './progress.ts';
import { helmUpgrade, podsOf, SMALL, untilReady, type Release } from './release.ts';
import { scenario, type Step, type World } from './scenario.ts';
import { checkRoute, ServiceWatch } from './services.ts';
import { podSql } from './sql.ts';
import { fill, writeRows } from './writer.ts';

const NAME = 'recovery';

function pod({ release }: Course, ordinal: number): string {
  return `${release.fullname}-${ordinal}`;
}

function defineStates(step: Step, course: Course): void {
  step('installs, with the values that let it mend itself', async (world) => {
    course.release = await world.install(NAME, course.values);
    await fill(course.release, 20);
    await writeRows(course.release, 100);
  });

  step('takes a replica from its readers whose replication somebody stopped, and gives it back once it runs', async () => {
    const { release } = course;
    await podSql(release, pod(course, 1), release.engine.sql.stopReplica);
    await untilReplicating(release, 1, 'StoppedByHand');
    await checkRoute(release, 'read', [2]);
    await podSql(release, pod(course, 1), release.engine.sql.startReplica);
    await untilReplicating(release, 1, 'Replicating');
    await checkRoute(release, 'read', [1, 2]);
  });

  step('clones a replica anew that has transactions of its own, in its pod', async ({ namespace }) => {
    const { release } = course;
    const [, before] = await podsOf(namespace, NAME);
    const { options } = release.engine;
    await podSql(
      release,
      pod(course, 1),
      `SET GLOBAL ${options.readOnly} = OFF; CREATE TABLE app.errant (id INT PRIMARY KEY); SET GLOBAL ${options.readOnly} = ON`,
    );
    await untilReplicating(release, 1, 'ErrantTransactions');
    await untilReplicating(release, 1, 'Replicating');
    const [, after] = await podsOf(namespace, NAME);
    assert.ok(before !== undefined && after !== undefined);
    assert.equal(identityOf(after).uid, identityOf(before).uid, 'the pod was replaced');
  });
}

function defineReturns(step: Step, course: Course): void {
  step('clones a replica anew that was scaled away while the primary purged its binary logs', async ({ namespace }) => {
    const { release, values } = course;
    await helmUpgrade(namespace, NAME, { ...values, replicaCount: 2 });
    await untilReady(release);
    await writeRows(release, 100);
    await purgeBinaryLogs(release);
    await helmUpgrade(namespace, NAME, values);
    await untilReplicating(release, 2, 'PurgedBinlogs');
    await untilReplicating(release, 2, 'Replicating');
  });

  step('goes on from a replica when the primary has lost its volume, and nothing is missing', async (world) => {
    const { release } = course;
    await losePrimary(world, course);
    await untilReady(release);
    for (const each of await podsOf(world.namespace, NAME)) await untilGeneration(release, nameOf(each), '2');
    await writeRows(release, 100);
  });
}

/** Deletes the primary's claim and pod, after every replica has what the primary had. */
async function losePrimary(world: World, course: Course): Promise<void> {
  const { namespace } = world;
  await world.check();
  await kubectl(namespace, ['delete', 'persistentvolumeclaim', `data-${pod(course, 0)}`, '--wait=false']);
  await kubectl(namespace, ['delete', 'pod', pod(course, 0)]);
}

/** A replica stays Ready while it finds its way back to the primary, and hears of the generation then. */
async function untilGeneration(release: Release, name: string, generation: string): Promise<void> {
  await untilHolds(`generation ${generation} on ${name}`, 180, async () => {
    assert.deepEqual(await podSql(release, name, 'SELECT generation FROM mysql_sts.cluster'), [[generation]]);
  });
}

function defineUpgrade(step: Step, course: Course): void {
  step('is healed by helm upgrade alone when a setting keeps the primary from starting', async ({ namespace }) => {
    const { release, values } = course;
    await helmUpgrade(namespace, NAME, { ...values, config: { primary: 'no_such_setting = 1' } });
    await untilHolds('a primary that does not start', 300, async () => {
      const { status } = await podNamed(namespace, pod(course, 0));
      const server = status?.containerStatuses?.find(({ name }) => name === 'mysql');
      assert.ok((server?.restartCount ?? 0) > 0, 'the server has not failed yet');
    });
    const watch = new ServiceWatch(release, 'read');
    await helmUpgrade(namespace, NAME, values);
    await untilReady(release);
    assert.ok((await watch.stop()) > 0, 'the read service had no pod for a while');
    await writeRows(release, 100);
  });
}

/** Runs the scenario on one engine. */
export function testRecovery(engine: EngineName): void {
  scenario(`recovery-${engine.replace('.', '-')}`, (step) => {
    const recovery = { primaryVolumeLost: 'reseed', errantTransactions: 'reclone', after: '5s' } as const;
    const course = new Course({ ...SMALL, engine, recovery });
    defineStates(step, course);
    defineReturns(step, course);
    defineUpgrade(step, course);
  });
}
