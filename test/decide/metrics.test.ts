/** The agent's metric of states has every condition that a row gives, so that an alert can name it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { STATE_NAMES } from '../../schema/metrics/states.ts';
import { DECIDE } from './support/decide.ts';

const test = suite('metrics of decisions');

/** States that no row gives: those of the primary, and what the agent says while there is no server. */
const BESIDE_ROWS = ['Leading', 'Opening', 'NoServer', 'Recloning'];

test('schema/metrics/states.ts has every condition of decide/replica.sh, and no other', () => {
  const text = readFileSync(join(DECIDE, 'replica.sh'), 'utf8');
  const reasons = [...text.matchAll(/^\s*row [a-z-]+ ([A-Z]\w+) [a-z-]+$/gm)].map(([, reason = '']) => reason);
  assert.equal([...STATE_NAMES].sort(), [...new Set([...reasons, ...BESIDE_ROWS])].sort());
});

test('do/metrics.sh writes these states, in this order', () => {
  const text = readFileSync(join(DECIDE, '../do/metrics.sh'), 'utf8');
  const [, list = ''] = /^readonly POD_STATES=\(([^)]+)\)$/m.exec(text) ?? [];
  assert.equal(list.split(/\s+/), STATE_NAMES);
});

test.run();
