/** What can happen around the pods: network, names, API, processors; and changes that users make themselves. */

import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { untilHolds } from '../../e2e/support/progress.ts';
import type { Course } from '../support/course.ts';
import type { Fault } from '../support/fault.ts';
import { freeze, nodeProcesses, withoutTouch, withProcessorShare } from '../support/node.ts';

const MINUTE_S = 60;

async function cutNetwork(course: Course): Promise<void> {
  const address = (await course.pod(0)).status?.podIP;
  assert.ok(address !== undefined);
  await withoutTouch(await course.pod(1), address, () => delay(MINUTE_S * 1000));
  course.struck();
}

/** Stops a program of the node for a minute. */
async function without(course: Course, program: string): Promise<void> {
  const processes = nodeProcesses(program);
  assert.notEqual(processes.length, 0, `${program} does not run here`);
  await freeze(processes, MINUTE_S);
  course.struck();
}

async function starve(course: Course): Promise<void> {
  await withProcessorShare(await course.pod(1), 0.02, () => delay(MINUTE_S * 1000));
  course.struck();
}

async function restartAll(course: Course): Promise<void> {
  await course.replacePod(0, () => course.kubectl(['rollout', 'restart', `statefulset/${course.release.fullname}`]));
}

async function growFromOne(course: Course): Promise<void> {
  await course.site.change({ replicaCount: 1 });
  await course.settled();
  for (const ordinal of [1, 2]) await course.kubectl(['delete', 'persistentvolumeclaim', `data-${course.podName(ordinal)}`]);
  await course.site.change({ replicaCount: 5 });
  course.struck();
  await course.settled();
  await course.site.change({});
  for (const ordinal of [3, 4]) await course.kubectl(['delete', 'persistentvolumeclaim', `data-${course.podName(ordinal)}`]);
}

/** The last pod is updated first; the primary, whose turn comes last, is the one that does not start. */
async function badSetting(course: Course): Promise<void> {
  await course.site.change({ config: { primary: 'no_such_setting = 1' } });
  await untilHolds('a primary that does not start', 150, async () => {
    const server = (await course.pod(0)).status?.containerStatuses?.find(({ name }) => name === 'mysql');
    assert.ok((server?.restartCount ?? 0) > 0, 'the server has not failed yet');
  });
  await course.site.change({});
  course.struck();
}

/** Faults of the surroundings, and changes. */
export const SURROUNDING_FAULTS: readonly Fault[] = [
  { name: 'the network between a replica and the primary is cut for a minute', strike: cutNetwork },
  { name: 'names are not resolved for a minute', strike: (course) => without(course, 'coredns') },
  { name: 'the Kubernetes API does not answer for a minute', strike: (course) => without(course, 'kube-apiserver') },
  { name: 'a replica has a fiftieth of a processor for a minute', strike: starve },
  { name: 'all pods are restarted in turn', strike: restartAll },
  { name: 'one pod becomes five', telling: true, strike: growFromOne },
  { name: 'a setting keeps the primary from starting, and is taken back', telling: true, strike: badSetting },
];
