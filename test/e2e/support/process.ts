/** Programs as subprocesses: what they print, and what went wrong in words. */

import { spawn } from 'node:child_process';
import { ENVIRONMENT } from './tools.ts';

/** How to run a program. */
export interface RunOptions {
  /** What it reads on its standard input. */
  readonly input?: string;
  /** Seconds after which it is stopped and counts as failed. */
  readonly deadline?: number;
  /** What it finds in its environment beside {@link ENVIRONMENT}. */
  readonly environment?: Readonly<NodeJS.ProcessEnv>;
}

/** What a program did. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const DEADLINE = 180;

/** Runs a program to its end, whatever that is. */
export function attempt(program: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { input = '', deadline = DEADLINE, environment } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...ENVIRONMENT, ...environment }, timeout: deadline * 1000 });
    const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ status, stdout: stdout(), stderr: stderr() });
    });
    // A program that ends without reading its input is judged by its status.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** Runs a program that must succeed, and gives what it printed. */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { status, stdout, stderr } = await attempt(program, args, options);
  if (status === 0) return stdout;
  const end = status === null ? `was stopped after ${options.deadline ?? DEADLINE} s` : `failed with status ${status}`;
  throw new Error(`${program} ${args.join(' ')} ${end}:\n${stderr || stdout}`.trimEnd());
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}
