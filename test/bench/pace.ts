/** How fast the machine itself is: a fixed piece of work, whose time tells whether parts of the benchmark met the same machine. */

import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { timed } from './support.ts';

const BLOCK = Buffer.alloc(2 ** 20, 'mysql-sts');
const HASHED_BLOCKS = 1024;
const SYNCED_BLOCKS = 100;

/** Seconds of a fixed piece of work. */
export interface Pace {
  /** One processor hashes 1 GiB. */
  readonly hash: number;
  /** 100 MiB are written and synced, one by one, where volumes lie. */
  readonly sync: number;
}

export async function measurePace(): Promise<Pace> {
  return { hash: await timed(hashBlocks), sync: await timed(syncBlocks) };
}

function hashBlocks(): Promise<string> {
  const hash = createHash('sha256');
  for (let count = 0; count < HASHED_BLOCKS; count += 1) hash.update(BLOCK);
  return Promise.resolve(hash.digest('hex'));
}

async function syncBlocks(): Promise<void> {
  const folder = await mkdtemp('/var/tmp/mysql-sts-bench-');
  try {
    const file = await open(join(folder, 'blocks'), 'w');
    for (let count = 0; count < SYNCED_BLOCKS; count += 1) {
      await file.write(BLOCK);
      await file.sync();
    }
    await file.close();
  } finally {
    await rm(folder, { recursive: true });
  }
}
