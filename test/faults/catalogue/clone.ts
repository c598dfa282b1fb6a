/** What can happen to a clone, to the one who receives it and to the donor. Pod 2 is cloned from pod 1. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { core } from '../../e2e/support/kubernetes.ts';
import { untilHolds } from '../../e2e/support/progress.ts';
import type { CloneMoment, Course } from '../support/course.ts';
import type { Fault } from '../support/fault.ts';
import { containerProcesses, empty, fillUp, signal } from '../support/node.ts';

const DONOR = 1;
const RECEIVER = 2;
const MEBIBYTE = 2 ** 20;
const REQUEST_MS = 200;

function killedAt(percent: number): Fault {
  return {
    name: `a clone is killed at ${percent} %`,
    ...(percent === 50 && { telling: true }),
    strike: (course) => killedWhen(course, `${percent} %`, ({ share }) => share >= percent / 100),
  };
}

async function killedWhen(course: Course, what: string, holds: (moment: CloneMoment) => boolean | Promise<boolean>): Promise<void> {
  await course.inClone(what, async (moment) => {
    if (!(await holds(moment))) return false;
    course.killClone(moment.pod);
    return true;
  });
  const volume = await course.volume(RECEIVER);
  assert.ok(!course.site.isComplete(volume), 'the clone was complete before it could be killed');
}

/** A tool prepares its copy; the plugin's is started once as a server of nobody. */
function isProven({ pod }: CloneMoment): boolean {
  return containerProcesses(pod).some(({ command }) => command.includes('--prepare') || command.includes('/staging/data --init-file'));
}

const wholeCopies: readonly Fault[] = [
  { name: 'a clone is killed while its copy is prepared or proven', strike: (course) => killedWhen(course, 'proof', isProven) },
  {
    name: 'a clone is killed between its proof and its rename',
    telling: true,
    strike: (course) => killedWhen(course, 'record', ({ volume }) => existsSync(join(volume, 'staging/record'))),
  },
  { name: 'a clone is killed between the annotation of its claim and its rename', strike: killedAfterAnnotation },
];

/**
 * Once the copy is proven, lets the script go on for a few milliseconds at a time, and the request that it sends to the Kubernetes
 * API for longer: so the script stands still when the annotation appears.
 */
async function killedAfterAnnotation(course: Course): Promise<void> {
  const { namespace } = course.release;
  const claim = { namespace, name: `data-${course.podName(RECEIVER)}` };
  await killedWhen(course, 'annotation', async ({ pod, volume }) => {
    if (!existsSync(join(volume, 'staging/record'))) return false;
    const scripts = containerProcesses(pod).filter(({ command }) => command.startsWith('bash'));
    signal(scripts, 'SIGSTOP');
    await delay(REQUEST_MS);
    const { metadata } = await core.readNamespacedPersistentVolumeClaim(claim);
    if (metadata?.annotations?.['mysql-sts/holds-data'] !== undefined) return true;
    signal(scripts, 'SIGCONT');
    return false;
  });
}

/** Waits until pod 2 copies, and does something to its donor. */
async function inCopy(course: Course, work: () => Promise<void>): Promise<void> {
  let done: Promise<void> | undefined;
  await course.inClone('30 %', ({ share }) => {
    if (share < 0.3) return false;
    done = work();
    return true;
  });
  await done;
}

const donors: readonly Fault[] = [
  { name: 'the donor is killed in the middle of a clone', telling: true, strike: (course) => inCopy(course, () => course.killServer(DONOR)) },
  { name: 'the donor stands still in the middle of a clone', strike: frozenDonor },
  {
    name: 'the donor\'s tool ends with a failure',
    methods: ['mariadb-backup'],
    strike: (course) => inCopy(course, () => signalAgent(course, '--backup', 'SIGTERM')),
  },
  {
    name: 'the connection of a clone is cut',
    methods: ['mariadb-backup'],
    strike: (course) => inCopy(course, () => signalAgent(course, 'socat', 'SIGKILL')),
  },
  { name: 'there is no donor for half a minute', strike: noDonor },
];

async function signalAgent(course: Course, word: string, name: NodeJS.Signals): Promise<void> {
  const processes = (await course.processes(DONOR, 'agent')).filter(({ command }) => command.includes(word));
  assert.notEqual(processes.length, 0, `the donor's agent runs no ${word}`);
  signal(processes, name);
  course.struck();
}

/** The copy must come from somebody else while the donor still stands. */
async function frozenDonor(course: Course): Promise<void> {
  const part = course.site.method === 'plugin' ? 'mysql' : 'agent';
  await inCopy(course, async () => {
    await course.signal(DONOR, part, 'SIGSTOP');
    course.struck();
  });
  try {
    const volume = await course.volume(RECEIVER);
    await untilHolds('a copy from another donor', 150, async () => {
      assert.ok(course.site.isComplete(volume), 'there is no copy yet');
      return Promise.resolve();
    });
  } finally {
    await course.signal(DONOR, part, 'SIGCONT');
  }
}

async function noDonor(course: Course): Promise<void> {
  for (const ordinal of [0, DONOR]) await course.signal(ordinal, 'mysql', 'SIGSTOP');
  try {
    await course.loseVolume(RECEIVER);
    await delay(30_000);
  } finally {
    for (const ordinal of [0, DONOR]) await course.signal(ordinal, 'mysql', 'SIGCONT');
    course.struck();
  }
}

const disks: readonly Fault[] = [
  { name: 'the receiver\'s volume is full', telling: true, strike: fullReceiver },
];

async function fullReceiver(course: Course): Promise<void> {
  await course.loseVolume(RECEIVER);
  const volume = await course.volume(RECEIVER);
  await fillUp(volume, 40 * MEBIBYTE);
  await untilHolds('the clone to say that the volume is full', 150, async () => {
    const log = await course.kubectl(['logs', course.podName(RECEIVER), '--container', 'clone-mysql']).catch(() => '');
    assert.match(log, /volume has|not enough|No space left/i, 'the clone has not been refused yet');
  });
  await empty(volume);
  course.struck();
}

/** Faults of a clone. */
export const CLONE_FAULTS: readonly Fault[] = [...[5, 50, 99].map(killedAt), ...wholeCopies, ...donors, ...disks];
