/** Test files in processes of their own, several at a time: most of them wait more than they compute. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What came of one file. */
export interface FileRun {
  readonly file: string;
  /** All that it printed, its own last line apart. */
  readonly output: string;
  /** Nothing if the process ended before it could count. */
  readonly counts: { readonly passed: number; readonly failed: number; readonly skipped: number } | undefined;
}

const COUNTS = /: (\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/m;
const LAST_LINE = /\n\d+ passed, \d+ failed[^\n]*\n$/;

/** Runs files as `run.ts SUITE --only FILE` does, so many at a time in their order, and gives each when it has ended. */
export async function* runApart(runner: string, files: readonly string[], jobs: number): AsyncGenerator<FileRun> {
  const folder = await mkdtemp(join(tmpdir(), 'mysql-sts-counts-'));
  const [waiting, running] = [[...files], new Map<string, Promise<FileRun>>()];
  try {
    for (;;) {
      for (let file = waiting[0]; file !== undefined && running.size < jobs; file = waiting[0]) {
        waiting.shift();
        running.set(file, runFile(runner, file, join(folder, file.replaceAll('/', '-'))));
      }
      if (running.size === 0) return;
      const ended = await Promise.race(running.values());
      running.delete(ended.file);
      yield ended;
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function runFile(runner: string, file: string, countsFile: string): Promise<FileRun> {
  const suite = dirname(file);
  const child = spawn(process.execPath, [...process.execArgv, runner, suite, '--only', file], {
    env: { ...process.env, MYSQL_STS_COUNTS: countsFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = (): boolean => child.kill('SIGTERM');
  process.once('exit', end);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  process.removeListener('exit', end);
  const counted = COUNTS.exec(await readFile(countsFile, 'utf8').catch(() => ''));
  const [passed, failed, skipped] = [counted?.[1], counted?.[2], counted?.[3] ?? 0].map(Number);
  const counts = counted === null || passed === undefined || failed === undefined ? undefined : { passed, failed, skipped: skipped ?? 0 };
  return { file, output: `${stdout.replace(LAST_LINE, '')}${stderr}`, counts };
}
