/** Volumes of pods, as the machine of the local node sees them. Needs root. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CACHE } from '../../cluster/images/cache.ts';
import { core } from '../../e2e/support/kubernetes.ts';
import { nodeProcesses } from './node.ts';

const execute = promisify(execFile);

const BLOCK_BYTES = 512;
const FILLER = 'filler';
const REST = 'filler-rest';
const REST_BYTES = 8 * 2 ** 20;

/** The folder of a pod's volume as this machine sees it, or nothing before there is one. */
export async function volumeFolder(namespace: string, pod: string): Promise<string | undefined> {
  const { spec } = await core.readNamespacedPersistentVolumeClaim({ namespace, name: `data-${pod}` });
  const [daemon] = nodeProcesses('kubelet');
  if (spec?.volumeName === undefined || daemon === undefined) return undefined;
  // Volumes of a fixed size are mounted in the node alone.
  const folder = join(`/proc/${daemon.pid}/root`, CACHE, 'cluster/volumes', spec.volumeName);
  return existsSync(folder) ? folder : undefined;
}

/** Bytes on disk of all files in a folder, but for those whose names are to be left out; what vanishes during the count has none. */
export function bytesIn(folder: string, without?: RegExp): number {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return 0;
  }
  let bytes = 0;
  for (const entry of entries.filter(({ name }) => without?.test(name) !== true)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += bytesIn(path, without);
    else bytes += (statSync(path, { throwIfNoEntry: false })?.blocks ?? 0) * BLOCK_BYTES;
  }
  return bytes;
}

/** Fills a volume up to the given number of free bytes. It must be a file system of its own, or the machine's would be full. */
export async function fillUp(volume: string, free: number): Promise<void> {
  deviceOf(volume);
  const { bavail, bsize } = await statfs(volume);
  const bytes = bavail * bsize - free;
  await execute('fallocate', [`--length=${bytes}`, join(volume, FILLER)]);
}

/** Leaves not a block. What a file system needs to keep its own books cannot be told beforehand, so the rest is written until there is an error. */
export async function fillAll(volume: string): Promise<void> {
  await fillUp(volume, REST_BYTES);
  await assert.rejects(execute('dd', ['if=/dev/zero', `of=${join(volume, REST)}`, 'bs=64K']), /No space left/);
}

/** Gives back what was filled. */
export async function empty(volume: string): Promise<void> {
  for (const name of [FILLER, REST]) await rm(join(volume, name), { force: true });
}

/** The device of a volume, by the number that no other has. */
export function deviceOf(volume: string): number {
  const { dev } = statSync(volume);
  if (dev === statSync(dirname(volume)).dev)
    throw new Error(`${volume} is no file system of its own. Give the release volumes of the class local-sized.`);
  return dev;
}
