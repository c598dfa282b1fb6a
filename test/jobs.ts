/** Runs of tests in processes of their own, several at a time: most tests wait more than they compute. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

/** How many tests came to which end. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What came of one run. */
export interface JobRun {
  /** The arguments that it was made with. */
  readonly args: readonly string[];
  /** Nothing if the process ended before it could count. */
  readonly counts: Readonly<Counts> | undefined;
}

const COUNTS = /: (\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/m;
/** The seconds that a file took, which end what it has to say. */
const END_OF_FILE = /^ {4}\d+\.\d s$/;
const LAST_LINE = /^\d+ passed, \d+ failed/;

/**
 * Starts the runner with each of these arguments, so many at a time in their order. What a file says is told in one piece. The processes
 * share a folder, MYSQL_STS_SHARED, which goes with the run.
 */
export async function runJobs(
  runner: string,
  jobs: readonly (readonly string[])[],
  atOnce: number,
  tell: (words: string) => void,
): Promise<readonly JobRun[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mysql-sts-run-'));
  const [waiting, runs] = [[...jobs.entries()], new Array<JobRun>()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, args] = next;
      runs.push({ args, counts: await runJob([runner, ...args], join(folder, String(index)), tell) });
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    await rm(folder, { recursive: true });
  }
  return runs;
}

async function runJob(args: readonly string[], countsFile: string, tell: (words: string) => void): Promise<JobRun['counts']> {
  const child = spawn(process.execPath, [...process.execArgv, ...args], {
    env: { ...process.env, MYSQL_STS_COUNTS: countsFile, MYSQL_STS_SHARED: dirname(countsFile) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = (): boolean => child.kill('SIGTERM');
  process.once('exit', end);
  const [errors] = await Promise.all([text(child.stderr), tellFiles(createInterface(child.stdout), tell), once(child, 'close')]);
  process.removeListener('exit', end);
  if (errors !== '') tell(errors);
  return countsIn(await readFile(countsFile, 'utf8').catch(() => ''));
}

async function tellFiles(lines: AsyncIterable<string>, tell: (words: string) => void): Promise<void> {
  let words = '';
  for await (const line of lines) {
    if (!LAST_LINE.test(line)) words += `${line}\n`;
    if (!END_OF_FILE.test(line)) continue;
    tell(words);
    words = '';
  }
  if (words.trim() !== '') tell(words);
}

function countsIn(line: string): JobRun['counts'] {
  const [, passed, failed, skipped = '0'] = COUNTS.exec(line) ?? [];
  return passed === undefined || failed === undefined
    ? undefined
    : { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
}
