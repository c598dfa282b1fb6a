/** Rates of copying: of a clone, and of what the machine gives at best. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { imageFolder } from '../../cluster/images/cache.ts';
import { recipesFor } from '../../cluster/images/recipes.ts';
import { stopwatch } from '../../e2e/support/progress.ts';
import type { Course } from '../../faults/support/course.ts';
import { bytesIn } from '../../faults/support/disk.ts';
import { timed, type Contender, type Ledger } from '../support.ts';

const execute = promisify(execFile);

const MEBIBYTE = 2 ** 20;
const SHORTLY_MS = 3;

export const COPY_RATE = 'copying alone, from the first byte to the last';

/** Clones pod 2 and watches the copy grow. */
export async function measureCopy(course: Course, contender: Contender, ledger: Ledger): Promise<void> {
  await course.loseVolume(2);
  const copy = join(await course.volume(2), course.site.copy);
  const ends = new AbortController();
  const settling = course.settled().finally(() => {
    ends.abort();
  });
  const clock = stopwatch();
  let [begun, grown, bytes] = [0, 0, 0];
  while (!ends.signal.aborted) {
    const now = bytesIn(copy);
    if (now > 0 && begun === 0) begun = clock();
    // What grows by less than a hundredth is logs and preparation.
    if (now > bytes * 1.01) [bytes, grown] = [now, clock()];
    await delay(SHORTLY_MS);
  }
  await settling;
  ledger.enter({ what: COPY_RATE, contender: contender.title, value: bytes / MEBIBYTE / (grown - begun), unit: 'MiB/s' });
}

/** Copies the same files without a network: through the stream's own tool, and by cp. */
export async function measureLimit(course: Course, ledger: Ledger): Promise<void> {
  const source = join(await course.volume(1), 'instance/data');
  const tool = streamTool();
  const folder = await mkdtemp('/var/tmp/mysql-sts-bench-');
  const rate = (seconds: number): number => bytesIn(source) / MEBIBYTE / seconds;
  try {
    const pipe = `cd "$1" && find . -type f -size +0 -name '*.ibd' -o -name ibdata1 -o -name 'undo*' | xargs "$2" -c | "$2" -x -C "$3"`;
    const streamed = await timed(() => execute('bash', ['-c', pipe, '-', source, tool, folder]));
    ledger.enter({ what: COPY_RATE, contender: 'the limit: mbstream into mbstream, no network', value: rate(streamed), unit: 'MiB/s' });
    const copied = await timed(() => execute('cp', ['--recursive', source, folder]));
    ledger.enter({ what: COPY_RATE, contender: 'the limit: cp', value: rate(copied), unit: 'MiB/s' });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function streamTool(): string {
  const recipe = recipesFor(['mysql-9.7']).find(({ name }) => name === 'mysql-9.7-xtrabackup');
  if (recipe === undefined) throw new Error('There is no image with mbstream.');
  return join(imageFolder(recipe).rootfs, 'usr/bin/xbstream');
}
