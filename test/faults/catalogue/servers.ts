/** What can happen to pods and servers that work. */

import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { core } from '../../e2e/support/kubernetes.ts';
import { isReady, stateOf } from '../../e2e/support/pods.ts';
import { untilHolds } from '../../e2e/support/progress.ts';
import type { Course } from '../support/course.ts';
import { crowd } from '../support/crowd.ts';
import { empty, fillAll } from '../support/disk.ts';
import { Harm, type Fault } from '../support/fault.ts';
import { freeze } from '../support/node.ts';

const STANDSTILL_S = 30;
/** Longer than a readiness probe needs to give a server up. */
const CROWD_S = 60;
/** Room for the replicas, the writer and the agents, and little more. */
const FEW_CONNECTIONS = 20;

const ORDINALS = { primary: 0, replica: 2 } as const;
type Role = keyof typeof ORDINALS;
const ROLES: readonly Role[] = ['primary', 'replica'];

const ofEachRole = ROLES.flatMap((role): readonly Fault[] => [
  { name: `the ${role}'s pod is deleted`, strike: (course) => course.deletePod(ORDINALS[role]) },
  {
    name: `the ${role}'s server is killed`,
    ...(role === 'primary' && { telling: true }),
    strike: (course) => course.killServer(ORDINALS[role]),
  },
  { name: `the ${role}'s server stands still for 30 s`, strike: (course) => standstill(course, ORDINALS[role]) },
]);

async function standstill(course: Course, ordinal: number): Promise<void> {
  await freeze(await course.processes(ordinal, 'mysql'), STANDSTILL_S);
  course.struck();
}

async function forceAll(course: Course): Promise<void> {
  const pods = [0, 1, 2].map((ordinal) => course.podName(ordinal));
  await course.replacePod(0, () => course.kubectl(['delete', 'pod', ...pods, '--grace-period=0', '--force']));
}

/** A budget of one lets one replica go, and not a second one with it. */
async function evict(course: Course): Promise<void> {
  const { namespace } = course.release;
  const evicted = (ordinal: number): Promise<unknown> =>
    core.createNamespacedPodEviction({
      namespace,
      name: course.podName(ordinal),
      body: { metadata: { name: course.podName(ordinal), namespace } },
    });
  await course.replacePod(2, async () => {
    await evicted(2);
    const refusal = await evicted(1).then(() => '', String);
    if (!refusal.includes('disruption budget')) throw new Harm(`a second pod could be evicted: ${refusal}`);
  });
}

async function fullPrimary(course: Course): Promise<void> {
  const volume = await course.volume(0);
  await fillAll(volume);
  const {
    release: { ledger },
  } = course;
  let before = -1;
  await untilHolds('writes to end on the full volume', 120, async () => {
    const size = ledger.size;
    const ended = size === before;
    before = size;
    await delay(2000);
    assert.ok(ended, `${size} rows are acknowledged, and they still are`);
  });
  await empty(volume);
  course.struck();
}

/** Whoever is in is served, so the primary must stay in its service; one that leaves it refuses those who could come in next. */
async function holdEveryConnection(course: Course): Promise<void> {
  const [[before = ''] = []] = await course.sql(0, 'SELECT @@GLOBAL.max_connections');
  await course.sql(0, `SET GLOBAL max_connections = ${FEW_CONNECTIONS}`);
  await crowd(course.release, CROWD_S, async () => {
    const primary = await course.pod(0);
    if (!isReady(primary)) throw new Harm(`clients hold every connection, and the primary left its service: ${stateOf(primary)}`);
  });
  await course.sql(0, `SET GLOBAL max_connections = ${before}`);
  course.struck();
}

/** Ends whatever the agent runs, again and again, while it has replication to set up anew. */
async function harassAgent(course: Course): Promise<void> {
  const { engine } = course.release;
  await course.sql(2, `${engine.sql.stopReplica}; ${engine.sql.resetReplicaAll}`);
  for (let kills = 0; kills < 30; kills++) {
    await course.killAgentWork(2);
    await delay(100 + kills * 17);
  }
  course.struck();
}

/** Faults of pods and servers. */
export const SERVER_FAULTS: readonly Fault[] = [
  ...ofEachRole,
  { name: 'all pods are deleted by force at once', telling: true, strike: forceAll },
  { name: 'a replica is evicted, and a second one must stay', strike: evict },
  { name: "the primary's volume is full, and then it is not", strike: fullPrimary },
  { name: 'clients hold every connection of the primary', strike: holdEveryConnection },
  { name: "the agent's work is killed at 30 moments", strike: harassAgent },
];
