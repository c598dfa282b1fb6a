/** The machine on which test pods live. One a test process; it goes with the process, however that ends. */

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SCRIPT = join(import.meta.dirname, 'island.sh');

/** Where the island's file system is mounted, as its own processes see it. Nobody else sees that mount. */
export const ISLAND_ROOT = '/mnt';

/** The address of the machine itself in the pods' network. */
export const ISLAND_ADDRESS = '10.77.0.1';

/** Words that make a command run on the island. */
export type Prefix = readonly [string, ...string[]];

/** A running island. */
export interface Island {
  /** The island's first process, as this machine numbers it. */
  readonly process: number;
  readonly prefix: Prefix;
  /** The path by which this process reaches a file of the island. */
  path(...parts: readonly string[]): string;
  /** Runs a command there; its failure is an error with its words. */
  run(command: string, ...args: readonly string[]): Promise<string>;
}

let started: Promise<Island> | undefined;

/** The island of this process, started when it is first asked for. */
export function island(): Promise<Island> {
  started ??= startIsland();
  return started;
}

async function startIsland(): Promise<Island> {
  if (process.getuid?.() !== 0) {
    throw new Error('The tests of the scripts make namespaces and mounts: run them as root.');
  }
  const flags = ['--mount', '--net', '--pid', '--fork', '--kill-child'];
  const child = spawn('unshare', [...flags, SCRIPT, ISLAND_ROOT, `${ISLAND_ADDRESS}/16`], { stdio: ['pipe', 'pipe', 'inherit'] });
  const first = await firstProcess(child);
  letGo(child);
  const prefix: Prefix = ['nsenter', `--target=${first}`, '--mount', '--net', '--pid', '--'];
  return {
    process: first,
    prefix,
    path: (...parts) => join(`/proc/${first}/root`, ISLAND_ROOT, ...parts),
    run: async (command, ...args) => {
      const [enter, ...rest] = prefix;
      const { stdout } = await run(enter, [...rest, command, ...args], { maxBuffer: 64 * 1024 * 1024 });
      return stdout;
    },
  };
}

/** The island must not keep this process alive: the open pipe to it ends with us, and the island ends with the pipe. */
function letGo(child: ChildProcess): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout]) if (stream instanceof Socket) stream.unref();
}

async function firstProcess(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error('The island has no output.');
  const lines = createInterface({ input: child.stdout });
  const answer: unknown[] = await Promise.race([once(lines, 'line'), once(child, 'exit')]);
  const first = Number(answer[0]);
  if (!(first > 1)) throw new Error(`The island did not start (${String(answer[0])}).`);
  return first;
}
