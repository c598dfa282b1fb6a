/** The agent's metric of states has every condition that a row gives, so that an alert can name it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LEADING_NAMES, STATE_NAMES } from '../../schema/metrics/states.ts';
import { DECIDE } from './support/decide.ts';

const test = suite('metrics of decisions');

/** States that no row gives: those of the primary, and what the agent says while there is no server. */
const BESIDE_ROWS = ['Leading', 'Opening', 'NoServer', 'Recloning'];

function reasonsIn(file: string): readonly string[] {
  const text = readFileSync(join(DECIDE, file), 'utf8');
  return [...text.matchAll(/^.*\brow [a-z-]+ ([A-Z]\w+) [a-z-]+/gm)].map(([, reason = '']) => reason);
}

function written(list: string): readonly string[] {
  const text = readFileSync(join(DECIDE, '../do/metrics.sh'), 'utf8');
  const [, words = ''] = new RegExp(`^readonly ${list}=\\(([^)]+)\\)$`, 'm').exec(text) ?? [];
  return words.split(/\s+/);
}

test('schema/metrics/states.ts has every condition of decide/replica.sh, and no other', () => {
  assert.equal([...STATE_NAMES].sort(), [...new Set([...reasonsIn('replica.sh'), ...BESIDE_ROWS])].sort());
});

test('schema/metrics/states.ts has every state of decide/lease.sh, and no other', () => {
  assert.equal([...LEADING_NAMES].sort(), [...new Set(reasonsIn('lease.sh'))].sort());
});

test('do/metrics.sh writes these states, in this order', () => {
  assert.equal(written('POD_STATES'), STATE_NAMES);
  assert.equal(written('LEADING_STATES'), LEADING_NAMES);
});

test.run();
