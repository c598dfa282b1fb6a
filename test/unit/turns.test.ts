/** Contenders of the benchmark take turns, and the reading in the middle of each is what counts. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Ledger } from '../bench/support.ts';
import { takeTurns, type Work } from '../bench/turns.ts';

const test = suite('turns');

/** Gives its numbers one by one, each with a profile of that length. */
function contender(name: string, values: readonly number[], order: string[]): Work {
  const rest = [...values];
  return () => {
    order.push(name);
    const value = rest.shift() ?? NaN;
    return Promise.resolve([
      {
        what: 'start',
        contender: name,
        value,
        unit: 's',
        profiles: [{ what: 'start', contender: name, phases: [{ name: 'all', seconds: value }] }],
      },
    ]);
  };
}

test('the first round does not count, and nobody has two turns in a row', async () => {
  const [ledger, order] = [new Ledger(), new Array<string>()];
  await takeTurns([contender('a', [1, 30, 10, 20], order), contender('b', [99, 5, 6, 4], order)], ledger);
  assert.is(order.join(''), 'abababab');
  assert.equal(
    ledger.measurements.map((each) => `${each.contender} ${each.value}`),
    ['a 20', 'b 5'],
  );
  assert.equal(
    ledger.profiles.map(({ phases }) => phases[0]?.seconds),
    [20, 5],
  );
});

test.run();
