/** Which state of the project a result was seen at. */

import { execFileSync } from 'node:child_process';
import { ROOT } from './tools.ts';

/** Pages and records that runs write: that they differ says nothing of what was run. */
const OUTPUTS = ['docs/faults.md', 'docs/faults', 'docs/performance.md', 'docs/performance', 'docs/engines.md', 'docs/engines'];

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', ROOT, ...args], { encoding: 'utf8' }).trim();
}

/** The commit that is checked out, with a mark if more than what runs write differs from it. */
export function currentCommit(): string {
  const changed = git('status', '--porcelain', '--', '.', ...OUTPUTS.map((path) => `:(exclude)${path}`)) !== '';
  return git('rev-parse', '--short=12', 'HEAD') + (changed ? ' with changes' : '');
}
