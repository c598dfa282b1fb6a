import { execFile } from 'node:child_process';
import { PublishFailure } from './failure.ts';

/** A program that ended with another status than 0. */
export class ProgramFailure extends Error {
  /** What it wrote to its standard error. */
  readonly words: string;

  constructor(program: string, words: string) {
    super(`${program} failed: ${words.trim()}`);
    this.words = words;
  }
}

export interface Surroundings {
  /** Variables beside those of this process. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Runs a program and returns what it prints. */
export function run(program: string, args: readonly string[], { env, cwd = '.' }: Surroundings): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, cwd, encoding: 'utf8', maxBuffer: 1 << 26 } as const;
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else if (error.code === 'ENOENT') reject(new PublishFailure(`${program} is not on PATH. make publish puts it there.`));
      else reject(new ProgramFailure(program, stderr));
    });
    // No program may wait for an answer that nobody gives.
    child.stdin?.end();
  });
}
