/** What can happen to a clone and to the one who receives it. Pod 2 is cloned from pod 1. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { core } from '../../e2e/support/kubernetes.ts';
import { untilHolds } from '../../e2e/support/progress.ts';
import type { CloneMoment, Course } from '../support/course.ts';
import { empty, fillUp } from '../support/disk.ts';
import type { Fault } from '../support/fault.ts';
import { containerProcesses, isProven, signal } from '../support/node.ts';
import { cutConnections } from '../support/shortage.ts';

const RECEIVER = 2;
const MEBIBYTE = 2 ** 20;
const REQUEST_MS = 200;
/** Where a donor listens: the server itself, and what serves streams. */
const DONOR_PORTS = [3306, 3307];

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
  await requireIncomplete(course);
}

async function requireIncomplete(course: Course): Promise<void> {
  const volume = await course.volume(RECEIVER);
  assert.ok(!course.site.isComplete(volume), 'the clone was complete before anything could happen to it');
}

/** The receiver stands still while its connections are closed, so that nothing more arrives than at that moment. */
function cutAt(percent: number): Fault {
  return {
    name: `the connection of a clone is cut at ${percent} %`,
    strike: async (course) => {
      await course.inClone(`${percent} %`, async ({ pod, share }) => {
        if (share < percent / 100) return false;
        const receiver = containerProcesses(pod);
        signal(receiver, 'SIGSTOP');
        try {
          await cutConnections(pod, DONOR_PORTS);
        } finally {
          signal(receiver, 'SIGCONT');
        }
        course.struck();
        return true;
      });
      await requireIncomplete(course);
    },
  };
}

const wholeCopies: readonly Fault[] = [
  {
    name: 'a clone is killed while its copy is prepared or proven',
    strike: (course) => killedWhen(course, 'proof', ({ pod }) => isProven(pod)),
  },
  {
    name: 'a clone is killed between its proof and its rename',
    methods: ['plugin', 'mariadb-backup'],
    strike: (course) => killedWhen(course, 'record', ({ volume }) => existsSync(join(volume, 'staging/record'))),
  },
  {
    name: 'a clone is killed between the annotation of its claim and its rename',
    methods: ['plugin', 'mariadb-backup'],
    strike: killedAfterAnnotation,
  },
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

async function podDeleted(course: Course): Promise<void> {
  await course.inClone('30 %', ({ share }) => share >= 0.3);
  await course.deletePod(RECEIVER);
}

async function killedAndPodDeleted(course: Course): Promise<void> {
  await killedWhen(course, '50 %', ({ share }) => share >= 0.5);
  await course.deletePod(RECEIVER);
}

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

/** Faults of a clone and its receiver. */
export const CLONE_FAULTS: readonly Fault[] = [
  ...[5, 50, 99].map(killedAt),
  ...wholeCopies,
  ...[5, 50, 95].map(cutAt),
  { name: 'a pod is deleted while it clones', strike: podDeleted },
  { name: 'a clone is killed at half, and its pod is deleted', strike: killedAndPodDeleted },
  { name: "the receiver's volume is full", telling: true, strike: fullReceiver },
];
