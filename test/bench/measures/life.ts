/** Seconds of what happens every day: an installation, a restart, a new replica, many new replicas; and where they go. */

import { fill, writeRows } from '../../e2e/support/writer.ts';
import type { Course } from '../../faults/support/course.ts';
import { timed, type Contender, type Ledger } from '../support.ts';
import { PodWatch, type Watched } from './moments.ts';

/** What a contender's release is measured in. */
export const INSTALL = 'fresh install until 3 of 3 pods are Ready';
export const RESTART = 'a replica\'s pod is deleted, until it is Ready again';
export const COPY_RATE = 'copying alone, from the first byte to the last';
export const WHOLE_COPY = 'a copy, from the question to the donor until it is whole';
/** The names of what profiles are made of. */
export const PRIMARY_START = 'the primary\'s first start';
export const LAST_START = 'the last replica\'s first start';
export const CLONE = 'a clone of all data';

const MEBIBYTE = 2 ** 20;

export function cloneOf(megabytes: number): string {
  return `a replica of ${megabytes} MB is cloned on an empty volume, until it is Ready`;
}

export function growthWith(megabytes: number): string {
  return `1 pod with ${megabytes} MB becomes 6 that are Ready`;
}

/** Installs a contender, which is the first measurement. */
export async function measureInstall({ title, install, podName }: Contender, namespace: string, ledger: Ledger): Promise<Course> {
  // Their copies are small, and to look at them often would slow pods that start together more than those that wait for each other.
  const watches = [0, 2].map((ordinal) => new PodWatch({ namespace, name: podName(ordinal) }));
  const watching = Promise.all(watches.map((watch) => watch.untilReady()));
  let course: Course | undefined;
  const value = await timed(async () => {
    course = await install(namespace);
  });
  if (course === undefined) throw new Error(`${title} was not installed.`);
  await watching;
  ledger.enter({ what: INSTALL, contender: title, value, unit: 's' });
  for (const [index, what] of [PRIMARY_START, LAST_START].entries()) ledger.keep({ what, contender: title, phases: watches[index]?.phases() ?? [] });
  return course;
}

/** Removes a replica's pod, after something that may need to go with it, and watches the one that comes. */
async function watchReplacement(course: Course, ordinal: number, watched: Pick<Watched, 'copy'>, beside?: () => Promise<unknown>): Promise<PodWatch> {
  const before = (await course.pod(ordinal)).metadata?.uid ?? '';
  const { namespace } = course.release;
  const name = course.podName(ordinal);
  const watch = new PodWatch({ namespace, name, before, ...watched });
  const remove = async (): Promise<void> => {
    await beside?.();
    await course.kubectl(['delete', 'pod', name, '--wait=false']);
  };
  await Promise.all([remove(), watch.untilReady()]);
  await course.settled();
  return watch;
}

/** The pod goes, and its volume stays. */
export function watchRestart(course: Course, ordinal: number): Promise<PodWatch> {
  return watchReplacement(course, ordinal, {});
}

/** The pod goes with its volume. */
export function watchClone(course: Course, ordinal: number): Promise<PodWatch> {
  const { copy } = course.site;
  return watchReplacement(course, ordinal, { copy }, () =>
    course.kubectl(['delete', 'persistentvolumeclaim', `data-${course.podName(ordinal)}`, '--wait=false']),
  );
}

/** A restart and a clone of one replica with data, the second of two each, since the first fills caches. */
export async function measureReplica(course: Course, { title }: Contender, megabytes: number, ledger: Ledger): Promise<void> {
  await fill(course.release, megabytes);
  await writeRows(course.release, 10);
  await watchRestart(course, 2);
  await watchClone(course, 2);
  const [again, clone] = [await watchRestart(course, 2), await watchClone(course, 2)];
  ledger.enter({ what: RESTART, contender: title, value: again.secondsBetween(undefined, 'Ready'), unit: 's' });
  ledger.keep({ what: RESTART, contender: title, phases: again.phases() });
  ledger.enter({ what: cloneOf(megabytes), contender: title, value: clone.secondsBetween(undefined, 'Ready'), unit: 's' });
  ledger.keep({ what: CLONE, contender: title, phases: clone.phases() });
  ledger.enter({ what: WHOLE_COPY, contender: title, value: clone.secondsBetween('clone-mysql', 'mysql'), unit: 's' });
  ledger.enter({ what: COPY_RATE, contender: title, value: clone.bytes / MEBIBYTE / clone.secondsBetween('first byte', 'last byte'), unit: 'MiB/s' });
}

/** All replicas go with their volumes, and five come. */
export async function measureGrowth(course: Course, { title }: Contender, megabytes: number, ledger: Ledger): Promise<void> {
  await course.site.change({ replicaCount: 1 });
  await course.settled();
  await course.kubectl(['delete', 'persistentvolumeclaim', ...[1, 2].map((ordinal) => `data-${course.podName(ordinal)}`)]);
  const value = await timed(() => course.site.change({ replicaCount: 6 }).then(() => course.settled()));
  ledger.enter({ what: growthWith(megabytes), contender: title, value, unit: 's' });
}
