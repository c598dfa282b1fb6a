/** What earlier runs on the same tree found, so that a run that was interrupted goes on where it was. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../../cluster/images/cache.ts';
import { PACKAGE_ROOT } from '../../../generator/package-root.ts';

/** What came of one fault. */
export interface Result {
  readonly fault: string;
  /** The engine and the method, or the tutorial. */
  readonly subject: string;
  readonly held: boolean;
  /** Seconds from the fault, or its end where it lasts, until every pod was Ready and the primary took writes. */
  readonly recovery: number;
  /** What the writer and the reader went through, and what was lost. */
  readonly detail: string;
  readonly date: string;
  readonly commit: string;
}

/** Folders that decide what a run finds. */
const INPUTS = ['chart', 'schema', 'test/faults', 'test/e2e/support', 'test/cluster', 'test/tutorial'];

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', PACKAGE_ROOT, ...args], { encoding: 'utf8' }).trim();
}

/** The commit that is checked out, with a mark if files differ from it. */
export function currentCommit(): string {
  const changed = git('status', '--porcelain') !== '';
  return git('rev-parse', '--short=12', 'HEAD') + (changed ? ' with changes' : '');
}

/** Names the content of all that decides what a run finds, committed or not. */
function digest(): string {
  const files = git('ls-files', '--cached', '--others', '--exclude-standard', '--', ...INPUTS).split('\n');
  const hash = createHash('sha256');
  for (const file of files.filter((path) => existsSync(join(PACKAGE_ROOT, path)))) {
    hash.update(file);
    hash.update(readFileSync(join(PACKAGE_ROOT, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** The results of one tree in the cache. */
export class Results {
  readonly #file = join(CACHE, 'faults', `${digest()}.json`);

  /** All of them, in the order of their making. */
  read(): readonly Result[] {
    if (!existsSync(this.#file)) return [];
    const results: unknown = JSON.parse(readFileSync(this.#file, 'utf8'));
    return Array.isArray(results) ? results.filter(isResult) : [];
  }

  /** Whether a fault has been survived already. */
  has(fault: string, subject: string): boolean {
    return this.read().some((result) => result.fault === fault && result.subject === subject && result.held);
  }

  /** Whether it is known what comes of a fault, good or bad. */
  knows(fault: string, subject: string): boolean {
    return this.read().some((result) => result.fault === fault && result.subject === subject);
  }

  /** Enters a result in place of an earlier one. */
  enter(result: Result): void {
    const others = this.read().filter(({ fault, subject }) => fault !== result.fault || subject !== result.subject);
    mkdirSync(join(CACHE, 'faults'), { recursive: true });
    writeFileSync(this.#file, JSON.stringify([...others, result], undefined, 2));
  }
}

function isResult(value: unknown): value is Result {
  return typeof value === 'object' && value !== null && 'fault' in value && 'subject' in value && 'held' in value;
}
