/**
 * Memory of a virtual machine that nobody uses may have gone back to its host, and whoever uses it first waits for it: a copy of
 * 1 GB took up to two seconds more for that. All of it is used once before anything is measured, and stays until the end.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { join } from 'node:path';

const FOLDER = '/dev/shm';
const BLOCK = Buffer.alloc(2 ** 20);
/** The rest is for what comes to life meanwhile. */
const SHARE = 0.8;

/** The kernel's setting of how many neighbouring free pages (a power of 2) it tells the host of. */
const REPORTED_ORDER = '/sys/module/page_reporting/parameters/page_reporting_order';
/** More than the kernel ever keeps together, so nothing is told. */
const NEVER = '11';

async function useMemory(): Promise<void> {
  const { bavail, bsize } = await statfs(FOLDER);
  const path = join(FOLDER, `mysql-sts-bench-${process.pid}`);
  const file = await open(path, 'w');
  try {
    const blocks = Math.floor((Math.min(bavail * bsize, freemem()) * SHARE) / BLOCK.length);
    for (let count = 0; count < blocks; count += 1) await file.write(BLOCK);
  } finally {
    await file.close();
    await rm(path);
  }
}

/** Does some work while the machine keeps its memory. Needs root where the kernel has the setting, which it puts back. */
export async function keepingMemory(work: () => Promise<void>): Promise<void> {
  const before = existsSync(REPORTED_ORDER) ? readFileSync(REPORTED_ORDER, 'utf8') : undefined;
  if (before !== undefined) writeFileSync(REPORTED_ORDER, NEVER);
  try {
    await useMemory();
    await work();
  } finally {
    if (before !== undefined) writeFileSync(REPORTED_ORDER, before);
  }
}
