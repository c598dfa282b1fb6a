/** The simulation of many clones: what grows with the logarithm and what with the number. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inChain, inRounds } from '../bench/measures/rounds.ts';

const test = suite('rounds of clones');

test('each round doubles the donors', () => {
  const rates = { copy: 10, start: 0 };
  for (const [pods, rounds] of [
    [2, 1],
    [4, 2],
    [5, 3],
    [64, 6],
    [65, 7],
    [100, 7],
  ] as const) {
    assert.is(inRounds(pods, rates), rounds * 10, `${pods} pods`);
  }
});

test('a pod that needs long to start is no donor meanwhile, and the one before it goes on', () => {
  assert.is(inRounds(3, { copy: 10, start: 100 }), 120);
});

test('in a chain each pod waits for the one before it', () => {
  assert.is(inChain(100, { copy: 10, start: 5 }), 99 * 15);
});

test.run();
