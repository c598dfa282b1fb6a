/** What can happen around the pods: network, names, API, processors, disks. */

import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Course } from '../support/course.ts';
import type { Fault } from '../support/fault.ts';
import { freeze, nodeProcesses } from '../support/node.ts';
import { withDiskRate, withoutTouch, withProcessorShare } from '../support/shortage.ts';

const MINUTE_S = 60;
const SLOW_BYTES = 256 * 2 ** 10;

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

async function slowDisk(course: Course, ordinal: number): Promise<void> {
  const [pod, volume] = [await course.pod(ordinal), await course.volume(ordinal)];
  await withDiskRate(pod, volume, SLOW_BYTES, () => delay(MINUTE_S * 1000));
  course.struck();
}

/** Faults of the surroundings. */
export const SURROUNDING_FAULTS: readonly Fault[] = [
  { name: 'the network between a replica and the primary is cut for a minute', strike: cutNetwork },
  { name: 'names are not resolved for a minute', strike: (course) => without(course, 'coredns') },
  { name: 'the Kubernetes API does not answer for a minute', strike: (course) => without(course, 'kube-apiserver') },
  { name: 'a replica has a fiftieth of a processor for a minute', strike: starve },
  { name: "the primary's disk gives and takes 256 KiB a second for a minute", strike: (course) => slowDisk(course, 0) },
  { name: "a replica's disk gives and takes 256 KiB a second for a minute", strike: (course) => slowDisk(course, 1) },
];
