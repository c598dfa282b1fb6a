/** The pages that people read about the agent's decisions say what its rows say. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { assertGolden } from '../support/golden.ts';
import { ROOT } from '../support/tools.ts';
import { DECIDE } from './support/decide.ts';
import { statesPage, VERBS, type DecidedRow } from './support/page.ts';

const test = suite('pages about decisions');

/** Reasons that no row gives: what the agent says while data is replaced. */
const BESIDE_ROWS = ['Recloning'];

function rows(file: string): readonly DecidedRow[] {
  const text = readFileSync(join(DECIDE, `${file}.sh`), 'utf8');
  return [...text.matchAll(/^\s*row ([a-z-]+) (\w+|'') ([a-z-]+)$/gm)].map(([, name = '', reason = '', decision = '']) => ({
    name,
    reason: reason === "''" ? '' : reason,
    decision,
  }));
}

const replica = rows('replica');
const primary = rows('primary');
const lease = rows('lease');

test('docs/states.md has every row in its order', () => {
  assertGolden(join(ROOT, 'docs/states.md'), statesPage(replica, primary, lease));
});

test('every verb has words', () => {
  assert.equal(
    [...replica, ...primary, ...lease].filter(({ decision }) => VERBS[decision] === undefined),
    [],
  );
});

test('the runbook and the picture have every condition that a row gives, and no other', () => {
  const reasons = [...new Set([...replica.map(({ reason }) => reason).filter((reason) => reason !== ''), ...BESIDE_ROWS])].sort();
  const runbook = readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8');
  const [, listed = ''] = /The condition `mysql-sts\/Replicating` of a replica:\n\n([^]*?)\n\n/.exec(runbook) ?? [];
  assert.equal([...listed.matchAll(/^\| `(\w+)` \|/gm)].map(([, reason]) => reason).sort(), reasons);
  const picture = readFileSync(join(ROOT, 'docs/images/states.svg'), 'utf8');
  const boxes = [...picture.matchAll(/<text class="mid(?: bold)?"[^>]*>(\w+)<\/text>/g)].map(([, reason]) => reason);
  assert.equal(boxes.sort(), reasons);
});

test('every row has a sentence where it gives a condition', () => {
  const sentences = readFileSync(join(DECIDE, 'sentences.sh'), 'utf8');
  const named = new Set(
    [...sentences.matchAll(/^\s+([a-z |-]+)\)/gm)].flatMap(([, names = '']) => names.split('|').map((name) => name.trim())),
  );
  assert.equal(
    replica.filter(({ name, reason }) => reason !== '' && !named.has(name)),
    [],
  );
});

test.run();
