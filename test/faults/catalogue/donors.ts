/** What can happen to the donor of a clone. Pod 2 is cloned from pod 1. */

import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { untilHolds } from '../../e2e/support/progress.ts';
import type { Course } from '../support/course.ts';
import type { Fault } from '../support/fault.ts';
import { containerProcesses, signal, type NodeProcess } from '../support/node.ts';
import { NotMade } from '../support/not-made.ts';

const DONOR = 1;
const RECEIVER = 2;
/** A pod that is there for one fault alone. */
const EXTRA = 3;
const COPY_DEADLINE = 150;
/** So many deaths of a container make Kubernetes wait for some ten seconds before it starts the next. */
const DEATHS = 3;

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

/** The process that makes the backup goes; what serves it notices. */
async function toolFails(course: Course): Promise<void> {
  await inCopy(course, async () => {
    const tools = (await course.processes(DONOR, 'agent')).filter(({ command }) => command.includes('--backup'));
    if (tools.length === 0) throw new NotMade("The donor's agent makes no backup.");
    signal(tools, 'SIGTERM');
    course.struck();
  });
}

async function untilCopied(course: Course, ordinal: number): Promise<void> {
  const volume = await course.volume(ordinal);
  await untilHolds(`a copy for pod ${ordinal} from another donor`, COPY_DEADLINE, async () => {
    assert.ok(course.site.isComplete(volume), 'there is no copy yet');
    return Promise.resolve();
  });
}

/** The copy must come from somebody else while the donor still stands. */
async function frozenDonor(course: Course): Promise<void> {
  const part = course.site.method === 'plugin' ? 'mysql' : 'agent';
  await inCopy(course, async () => {
    await course.signal(DONOR, part, 'SIGSTOP');
    course.struck();
  });
  try {
    await untilCopied(course, RECEIVER);
  } finally {
    await course.signal(DONOR, part, 'SIGCONT');
  }
}

/** Pod 2 holds its donor's only turn and stands still; another pod, whose own donor would be pod 2, must find the primary. */
async function busyDonor(course: Course): Promise<void> {
  let receiver: readonly NodeProcess[] = [];
  await course.inClone('30 %', ({ pod, share }) => {
    if (share < 0.3) return false;
    receiver = containerProcesses(pod);
    signal(receiver, 'SIGSTOP');
    return true;
  });
  try {
    await course.site.change({ replicaCount: EXTRA + 1 });
    await untilHolds(`pod ${EXTRA} to find its donor busy`, COPY_DEADLINE, async () => {
      assert.match(await wordsOfAsking(course), /it is busy with another clone|cloning from/, 'it has not asked yet');
    });
    await untilCopied(course, EXTRA);
    const log = await course.kubectl(['logs', course.podName(EXTRA), '--container', 'clone-mysql']);
    assert.match(log, /(received .*|cloning) from \S+-0\b/, "the copy is not the primary's");
  } finally {
    signal(receiver, 'SIGCONT');
    course.struck();
  }
  await course.settled();
  await course.site.change({});
  await course.kubectl(['delete', 'persistentvolumeclaim', `data-${course.podName(EXTRA)}`, '--wait=false']);
}

/** What serves a stream says itself that it is busy. Who asks by plugin says only who is not busy, after all that come before. */
function wordsOfAsking(course: Course): Promise<string> {
  const [ordinal, container] = course.site.method === 'plugin' ? [EXTRA, 'clone-mysql'] : [DONOR, 'agent'];
  return course.kubectl(['logs', course.podName(ordinal), '--container', container, '--since=120s']).catch(() => '');
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

/** The pod before the new one has no server when that looks for a donor. */
async function donorDown(course: Course): Promise<void> {
  await course.removeReplica();
  await course.kubectl(['delete', 'persistentvolumeclaim', `data-${course.podName(RECEIVER)}`]);
  for (let deaths = 1; deaths < DEATHS; deaths++) await course.killServer(DONOR);
  await course.signal(DONOR, 'mysql', 'SIGKILL');
  await course.site.change({});
  course.struck();
}

/** Faults of donors. */
export const DONOR_FAULTS: readonly Fault[] = [
  {
    name: 'the donor is killed in the middle of a clone',
    telling: true,
    strike: (course) => inCopy(course, () => course.killServer(DONOR)),
  },
  { name: 'the donor stands still in the middle of a clone', strike: frozenDonor },
  { name: 'the donor is busy with another clone', methods: ['plugin', 'mariadb-backup'], strike: busyDonor },
  { name: "the donor's tool ends with a failure", methods: ['mariadb-backup', 'tutorial'], strike: toolFails },
  { name: 'there is no donor for half a minute', strike: noDonor },
  { name: "the donor's server is down when a replica is added", strike: donorDown },
];
