/** Seconds of what happens every day: an installation, a restart, a new replica, many new replicas. */

import { fill, writeRows } from '../../e2e/support/writer.ts';
import type { Course } from '../../faults/support/course.ts';
import { timed, type Contender, type Ledger } from '../support.ts';

/** What a contender's release is measured in. */
export const INSTALL = 'fresh install until 3 of 3 pods are Ready';
export const RESTART = 'a replica\'s pod is deleted, until it is Ready again';

export function cloneOf(megabytes: number): string {
  return `a replica of ${megabytes} MB is cloned on an empty volume, until it is Ready`;
}

export function growthWith(megabytes: number): string {
  return `1 pod with ${megabytes} MB becomes 6 that are Ready`;
}

/** Installs a contender, which is the first measurement. */
export async function measureInstall(contender: Contender, namespace: string, ledger: Ledger): Promise<Course> {
  let course: Course | undefined;
  const value = await timed(async () => {
    course = await contender.install(namespace);
  });
  if (course === undefined) throw new Error(`${contender.title} was not installed.`);
  ledger.enter({ what: INSTALL, contender: contender.title, value, unit: 's' });
  return course;
}

/** A restart and a clone of one replica with data, the second of two each, since the first fills caches. */
export async function measureReplica(course: Course, contender: Contender, megabytes: number, ledger: Ledger): Promise<void> {
  await fill(course.release, megabytes);
  await writeRows(course.release, 10);
  for (const again of [false, true]) {
    const restart = await timed(() => course.deletePod(2).then(() => course.settled()));
    const clone = await timed(() => course.loseVolume(2).then(() => course.settled()));
    if (!again) continue;
    ledger.enter({ what: RESTART, contender: contender.title, value: restart, unit: 's' });
    ledger.enter({ what: cloneOf(megabytes), contender: contender.title, value: clone, unit: 's' });
  }
}

/** All replicas go with their volumes, and five come. */
export async function measureGrowth(course: Course, contender: Contender, megabytes: number, ledger: Ledger): Promise<void> {
  await course.site.change({ replicaCount: 1 });
  await course.settled();
  await course.kubectl(['delete', 'persistentvolumeclaim', ...[1, 2].map((ordinal) => `data-${course.podName(ordinal)}`)]);
  const value = await timed(() => course.site.change({ replicaCount: 6 }).then(() => course.settled()));
  ledger.enter({ what: growthWith(megabytes), contender: contender.title, value, unit: 's' });
}
