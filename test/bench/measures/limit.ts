/** What copying costs at best on this machine, and what the tutorial's way costs with the same tool and the same data as the chart's. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { imageFolder } from '../../cluster/images/cache.ts';
import { recipesFor } from '../../cluster/images/recipes.ts';
import type { Course } from '../../faults/support/course.ts';
import { bytesIn } from '../../faults/support/disk.ts';
import { timed } from '../support.ts';
import type { Work } from '../turns.ts';
import { COPY_RATE, WHOLE_COPY } from './life.ts';

const execute = promisify(execFile);

const MEBIBYTE = 2 ** 20;
/** Of tables and undo logs, which are what a backup streams. */
const STREAMED = String.raw`find . -type f -size +0 \( -name *.ibd -o -name ibdata1 -o -name undo* \) -printf '%P '`;

export const PIPELINE = "the tutorial's pipeline, ncat, the real mariadb-backup";
export const STREAM_LIMIT = 'the limit: mbstream into mbstream, no network';
export const CP_LIMIT = 'the limit: cp';

function rootfs(engine: string, name: string): string {
  const recipe = recipesFor([engine]).find((each) => each.name === name);
  if (recipe === undefined) throw new Error(`There is no image ${name}.`);
  return imageFolder(recipe).rootfs;
}

const mariadb = (): string => rootfs('mariadb-11.8', 'mariadb-11.8-server');

/** Runs some work in an empty folder. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp('/var/tmp/mysql-sts-bench-');
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Where this machine sees a replica's data. The volume lies on its own file system, which is where it can be mounted again. */
async function sourceOf(course: Course): Promise<string> {
  return join((await course.volume(1)).replace(/^\/proc\/\d+\/root/, ''), 'instance/data');
}

function copyTurn(contender: string, copy: (target: string) => Promise<unknown>): Work {
  return () =>
    inFolder(async (target) => {
      const seconds = await timed(() => copy(target));
      return [{ what: COPY_RATE, contender, value: bytesIn(target) / MEBIBYTE / seconds, unit: 'MiB/s' }];
    });
}

/** The turns of those that copy the files of a replica without a network: through the stream's own tool, and by cp. */
export async function limitTurns(course: Course): Promise<readonly Work[]> {
  const source = await sourceOf(course);
  const pipe = `set -o pipefail -o noglob; mount --bind "$1" "$3/mnt"; mount --bind "$2" "$3/srv"; cd "$1"
    chroot "$3" bash -c 'cd /mnt && mbstream -c "$@"' - $(${STREAMED}) | chroot "$3" mbstream -x -C /srv`;
  return [
    copyTurn(STREAM_LIMIT, (target) => execute('unshare', ['--mount', 'bash', '-c', pipe, '-', source, target, mariadb()])),
    copyTurn(CP_LIMIT, (target) => execute('cp', ['--recursive', source, target])),
  ];
}

/** The turn of the tutorial's way to take a copy of a replica. */
export async function pipelineTurn(course: Course): Promise<Work> {
  const [agent] = await course.processes(1, 'agent');
  if (agent === undefined) throw new Error('The agent has no process on this machine.');
  const script = join(import.meta.dirname, 'pipeline.sh');
  const images = [rootfs('tutorial', 'tutorial-xtrabackup'), mariadb()];
  return () =>
    inFolder(async (target) => {
      const { stdout } = await execute('unshare', ['--mount', script, String(agent.pid), ...images, target]);
      const [streamed = NaN, whole = NaN] = stdout.trim().split(' ').map(Number);
      return [
        { what: COPY_RATE, contender: PIPELINE, value: bytesIn(target) / MEBIBYTE / streamed, unit: 'MiB/s' },
        { what: WHOLE_COPY, contender: PIPELINE, value: whole, unit: 's' },
      ];
    });
}
