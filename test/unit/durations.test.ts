/** Durations of the values, as the pod's scripts read them. */
import { join } from 'node:path';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BashProcess } from '../support/bash-process.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('durations');
const bash = new BashProcess([join(ROOT, 'generator/templates/files/lib/time.sh')]);

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, '': 1 } as const;

test('a number with its unit is so many seconds', async () => {
  const amount = fc.oneof(fc.nat(100), fc.nat(999_999_999));
  const unit = fc.constantFrom('s', 'm', 'h', 'd', '');
  await fc.assert(
    fc.asyncProperty(amount, unit, async (number, letter) => {
      assert.equal(await bash.ask('seconds', `${number}${letter}`), { status: 0, output: String(number * SECONDS[letter]) });
    }),
    { numRuns: 1000 },
  );
});

test.after(() => {
  bash.close();
});

test.run();
