/** Which backups may go: never one that the values ask for, nor the newest, nor the newest that was verified. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BashProcess } from '../support/bash-process.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('retention');
const folder = mkdtempSync(join(tmpdir(), 'retention-'));
const printing = join(folder, 'printing.sh');
writeFileSync(printing, 'expired() { expire "$@"; printf "%s" "$EXPIRED"; }\n');
const bash = new BashProcess([join(ROOT, 'generator/templates/files/decide/retention.sh'), printing]);

const NOW = 1_800_000_000;

interface Backup {
  readonly age: number;
  readonly verified: boolean;
}

async function expired(backups: readonly Backup[], last: number, limit: number): Promise<readonly number[]> {
  const lines = backups.map(({ age, verified }, index) => `${NOW - age},id${index},cluster,${verified ? 'yes' : 'no'}`);
  const { status, output } = await bash.ask('expired', String(NOW), String(last), String(limit), ...lines);
  assert.is(status, 0);
  return output.split(' ').flatMap((id) => (id === '' ? [] : [Number(id.slice(2))]));
}

const newestFirst = fc
  .array(fc.record({ age: fc.nat(1000), verified: fc.boolean() }), { maxLength: 12 })
  .map((backups) => [...backups].sort((one, other) => one.age - other.age));

test('what goes is what nobody asked for, whichever backups there are', async () => {
  await fc.assert(
    fc.asyncProperty(newestFirst, fc.integer({ min: 1, max: 8 }), fc.nat(1000), async (backups, last, limit) => {
      const verified = backups.findIndex((backup) => backup.verified);
      const wanted = backups.flatMap(({ age }, index) => (index < last || index === 0 || age < limit || index === verified ? [] : [index]));
      assert.equal(await expired(backups, last, limit), wanted);
    }),
    { numRuns: 1000 },
  );
});

test('a backup from the future says that a clock is wrong, and nothing goes', async () => {
  await fc.assert(
    fc.asyncProperty(newestFirst, async (backups) => {
      assert.equal(await expired([{ age: -3600, verified: true }, ...backups], 1, 1), []);
    }),
    { numRuns: 100 },
  );
});

test.after(() => {
  bash.close();
  rmSync(folder, { recursive: true });
});

test.run();
