/** Seconds of what happens every day: an installation, a restart, a new replica, many new replicas; and where they go. */

import { fill, writeRows } from '../../e2e/support/writer.ts';
import type { Course } from '../../faults/support/course.ts';
import { median } from '../median.ts';
import { afterTheFirst } from '../runs.ts';
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

/** The seconds until Ready in the middle of some runs, and the profile of the run that took them. */
export function enterStarts({ what, profile, contender }: Record<'what' | 'profile' | 'contender', string>, watches: readonly PodWatch[], ledger: Ledger): void {
  const seconds = (watch: PodWatch): number => watch.secondsBetween(undefined, 'Ready');
  const value = median(watches.map(seconds));
  ledger.enter({ what, contender, value, unit: 's' });
  ledger.keep({ what: profile, contender, phases: watches.find((watch) => seconds(watch) === value)?.phases() ?? [] });
}

/** Restarts and clones of one replica with data. */
export async function measureReplica(course: Course, { title: contender }: Contender, megabytes: number, ledger: Ledger): Promise<void> {
  await fill(course.release, megabytes);
  await writeRows(course.release, 10);
  const restarts = await afterTheFirst(() => watchRestart(course, 2));
  const clones = await afterTheFirst(() => watchClone(course, 2));
  enterStarts({ what: RESTART, profile: RESTART, contender }, restarts, ledger);
  enterStarts({ what: cloneOf(megabytes), profile: CLONE, contender }, clones, ledger);
  const whole = median(clones.map((clone) => clone.secondsBetween('clone-mysql', 'mysql')));
  ledger.enter({ what: WHOLE_COPY, contender, value: whole, unit: 's' });
  const rate = median(clones.map((clone) => clone.bytes / MEBIBYTE / clone.secondsBetween('first byte', 'last byte')));
  ledger.enter({ what: COPY_RATE, contender, value: rate, unit: 'MiB/s' });
}

/** All replicas go with their volumes, and five come. */
export async function measureGrowth(course: Course, { title }: Contender, megabytes: number, ledger: Ledger): Promise<void> {
  await course.site.change({ replicaCount: 1 });
  await course.settled();
  await course.kubectl(['delete', 'persistentvolumeclaim', ...[1, 2].map((ordinal) => `data-${course.podName(ordinal)}`)]);
  const value = await timed(() => course.site.change({ replicaCount: 6 }).then(() => course.settled()));
  ledger.enter({ what: growthWith(megabytes), contender: title, value, unit: 's' });
}
