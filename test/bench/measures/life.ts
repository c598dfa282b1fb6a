/** Seconds of what happens every day: an installation, a restart, a new replica, many new replicas; and where they go. */

import { fill, writeRows } from '../../e2e/support/writer.ts';
import type { Course } from '../../faults/support/course.ts';
import { inNamespace, timed, type Contender, type Ledger } from '../support.ts';
import type { Reading, Work } from '../turns.ts';
import { PodWatch, type Watched } from './moments.ts';

/** What a contender's release is measured in. */
export const INSTALL = 'fresh install until 3 of 3 pods are Ready';
export const RESTART = "a replica's pod is deleted, until it is Ready again";
export const COPY_RATE = 'copying alone, from the first byte to the last';
export const WHOLE_COPY = 'a copy, from the question to the donor until it is whole';
/** The names of what profiles are made of. */
export const PRIMARY_START = "the primary's first start";
export const LAST_START = "the last replica's first start";
export const CLONE = 'a clone of all data';

const MEBIBYTE = 2 ** 20;

export function cloneOf(megabytes: number): string {
  return `a replica of ${megabytes} MB is cloned on an empty volume, until it is Ready`;
}

export function growthWith(megabytes: number): string {
  return `1 pod with ${megabytes} MB becomes 6 that are Ready`;
}

/** The turn of a contender that is installed, and removed again. */
export function installTurn({ title: contender, install, podName }: Contender): Work {
  return () =>
    inNamespace(async (namespace) => {
      // Their copies are small, and to look at them often would slow pods that start together more than those that wait for each other.
      const watches = [0, 2].map((ordinal) => new PodWatch({ namespace, name: podName(ordinal) }));
      const watching = Promise.all(watches.map((watch) => watch.untilReady()));
      const value = await timed(() => install(namespace));
      await watching;
      const profiles = [PRIMARY_START, LAST_START].map((what, index) => ({ what, contender, phases: watches[index]?.phases() ?? [] }));
      return [{ what: INSTALL, contender, value, unit: 's', profiles }];
    });
}

/** Removes a replica's pod, after something that may need to go with it, and watches the one that comes. */
async function watchReplacement(
  course: Course,
  ordinal: number,
  watched: Pick<Watched, 'copy'>,
  beside?: () => Promise<unknown>,
): Promise<PodWatch> {
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

/** The seconds of a start until Ready, and where they went. */
export function startReading({ what, profile, contender }: Record<'what' | 'profile' | 'contender', string>, watch: PodWatch): Reading {
  return {
    what,
    contender,
    value: watch.secondsBetween(undefined, 'Ready'),
    unit: 's',
    profiles: [{ what: profile, contender, phases: watch.phases() }],
  };
}

/** The turn of a contender whose replica is restarted and then cloned. */
export function replicaTurn(course: Course, { title: contender }: Contender, megabytes: number): Work {
  return async () => {
    const restart = await watchRestart(course, 2);
    const clone = await watchClone(course, 2);
    const rate = clone.bytes / MEBIBYTE / clone.secondsBetween('first byte', 'last byte');
    return [
      startReading({ what: RESTART, profile: RESTART, contender }, restart),
      startReading({ what: cloneOf(megabytes), profile: CLONE, contender }, clone),
      { what: WHOLE_COPY, contender, value: clone.secondsBetween('clone-mysql', 'mysql'), unit: 's' },
      { what: COPY_RATE, contender, value: rate, unit: 'MiB/s' },
    ];
  };
}

/** Installs a contender's release with data. */
export async function installFilled({ install }: Contender, namespace: string, megabytes: number): Promise<Course> {
  const course = await install(namespace);
  await fill(course.release, megabytes);
  await writeRows(course.release, 10);
  return course;
}

/** All replicas go with their volumes, and five come. */
export async function measureGrowth(course: Course, { title }: Contender, megabytes: number, ledger: Ledger): Promise<void> {
  await course.site.change({ replicaCount: 1 });
  await course.settled();
  await course.kubectl(['delete', 'persistentvolumeclaim', ...[1, 2].map((ordinal) => `data-${course.podName(ordinal)}`)]);
  const value = await timed(() => course.site.change({ replicaCount: 6 }).then(() => course.settled()));
  ledger.enter({ what: growthWith(megabytes), contender: title, value, unit: 's' });
}
