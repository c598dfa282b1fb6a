/** Jobs that make backups, and releases that begin from one. */

import * as assert from 'uvu/assert';
import type { Container } from './container.ts';
import { ISLAND_ROOT } from './island.ts';
import type { InitOutcome, Pod } from './pod.ts';
import type { Release, ReleaseOptions } from './release.ts';
import { mountShelf, type Shelf, type ShelfChanges } from './shelf.ts';

/** The ordinal that the chart gives the pods of its Jobs: no release has it. */
const JOB = 99;

/** What a Job is given otherwise than the chart's defaults. */
export interface JobOptions extends ShelfChanges {
  readonly environment?: Readonly<Record<string, string>>;
  /** Of the pod, where several run at a time. */
  readonly ordinal?: number;
}

/** A pod of a Job, whose volume is new. */
export async function jobPod(release: Release, shelf: Shelf, options: JobOptions = {}): Promise<Pod> {
  const pod = await release.pod(options.ordinal ?? JOB);
  for (const folder of ['volume', 'run']) {
    const place = `${ISLAND_ROOT}/${release.name}/${pod.name}/${folder}`;
    await release.island.run('find', place, '-mindepth', '1', '-delete');
  }
  await mountShelf(pod, shelf, options);
  return pod;
}

/** Makes the copy of a backup; it must succeed. */
export async function copyForBackup(release: Release, shelf: Shelf, options: JobOptions = {}): Promise<Pod> {
  const pod = await jobPod(release, shelf, options);
  const { status, output } = await pod.run('copy-backup', options.environment, 120);
  assert.is(status, 0, output);
  return pod;
}

/** Runs the Job; its last container may fail. */
export async function backUp(release: Release, shelf: Shelf, options: JobOptions = {}): Promise<InitOutcome> {
  const pod = await copyForBackup(release, shelf, options);
  return pod.run('backup', options.environment, 120);
}

/** Runs the Job, which must succeed, and returns the backup's id. */
export async function backedUp(release: Release, shelf: Shelf, options: JobOptions = {}): Promise<string> {
  const { status, output } = await backUp(release, shelf, options);
  assert.is(status, 0, output);
  return /the backup (\S+) is complete/.exec(output)?.[1] ?? '';
}

/** A first pod that begins from a backup of that release. */
export async function restoringPod(release: Release, from: Release, shelf: Shelf, changes: ShelfChanges = {}): Promise<Pod> {
  const pod = await release.pod(0);
  const lines = { release: `${from.name}/db`, cluster: '', backup: 'latest', ...changes.lines };
  await mountShelf(pod, shelf, { ...changes, lines });
  return pod;
}

/** The files of a shelf, without the folders before a backup's id. */
export async function stored(release: Release, shelf: Shelf): Promise<readonly string[]> {
  const found = await release.island.run('find', shelf.folder, '-type', 'f', '-path', `*/${release.name}/db/*`, '-printf', '%P\\n');
  return found.split('\n').filter((line) => line !== '');
}

/** The engines and methods that backups are tried with. */
export const KINDS: readonly ReleaseOptions[] = [
  { engine: 'mysql-9.7', method: 'plugin' },
  { engine: 'mariadb-11.8', method: 'mariadb-backup' },
];

/** Waits for words in a container's log, and ends it as a dying machine does. */
export async function killedAt(container: Container, words: string): Promise<void> {
  await container.says(words, { seconds: 60 });
  await container.kill();
}
