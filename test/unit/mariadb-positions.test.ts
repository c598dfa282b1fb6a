/**
 * MariaDB's positions, which the scripts compare by themselves: thousands of them, held against what they mean. A position names for
 * each domain its last transaction; a history names for each domain and server that wrote in it the newest one.
 */
import { join } from 'node:path';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BashProcess } from '../support/bash-process.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('positions of MariaDB');
const bash = new BashProcess([
  join(ROOT, 'generator/templates/files/lib/load.sh'),
  join(ROOT, 'generator/templates/files/engine/family-mariadb.sh'),
]);
const RUNS = { numRuns: 1500 };

interface Transaction {
  readonly domain: number;
  readonly server: number;
  readonly sequence: bigint;
}

/** Few domains and servers, so that texts meet; names that begin or end with one another; sequences up to what bash can count. */
const domain = fc.constantFrom(0, 1, 10, 11);
const server = fc.constantFrom(1, 2, 11, 12, 21, 111);
const sequence = fc.oneof({ weight: 4, arbitrary: fc.bigInt(1n, 12n) }, { weight: 1, arbitrary: fc.bigInt(1n, 2n ** 63n - 1n) });
const transaction: fc.Arbitrary<Transaction> = fc.record({ domain, server, sequence });
const position = fc.uniqueArray(transaction, { selector: (each) => each.domain, maxLength: 4 });
const history = fc.uniqueArray(transaction, { selector: ({ domain: of, server: by }) => `${of}-${by}`, maxLength: 8 });

function text(transactions: readonly Transaction[]): string {
  return transactions.map((each) => `${each.domain}-${each.server}-${each.sequence}`).join(',');
}

function newest(transactions: readonly Transaction[], keyOf: (each: Transaction) => string): ReadonlyMap<string, bigint> {
  const found = new Map<string, bigint>();
  for (const each of transactions) {
    const known = found.get(keyOf(each)) ?? 0n;
    found.set(keyOf(each), each.sequence > known ? each.sequence : known);
  }
  return found;
}

const domainOf = (each: Transaction): string => String(each.domain);
const writerOf = (each: Transaction): string => `${each.domain}-${each.server}`;

/** Those of PART that a server which has ALL lacks, if two transactions count as of one row where `keyOf` gives the same. */
function lacking(part: readonly Transaction[], all: readonly Transaction[], keyOf: (each: Transaction) => string): readonly Transaction[] {
  const has = newest(all, keyOf);
  return part.filter((each) => (has.get(keyOf(each)) ?? 0n) < each.sequence);
}

test('a position covers another when it has come as far in each domain', async () => {
  await fc.assert(
    fc.asyncProperty(position, position, async (all, part) => {
      const { status, output } = await bash.ask('position_covers', text(all), text(part));
      assert.equal({ covers: status === 0, output }, { covers: lacking(part, all, domainOf).length === 0, output: '' });
    }),
    RUNS,
  );
});

test('errant are those transactions of a history that the other does not have from the same server', async () => {
  await fc.assert(
    fc.asyncProperty(history, history, async (own, source) => {
      const errant = lacking(own, source, writerOf);
      assert.is((await bash.ask('errant_transactions', text(own), text(source))).output, text(errant).replaceAll(',', ' '));
      assert.is((await bash.ask('history_covers', text(source), text(own))).status === 0, errant.length === 0);
    }),
    RUNS,
  );
});

test('an entry that a server tells twice is errant once', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (own) => {
      const { output } = await bash.ask('errant_transactions', text([...own, ...own]), '');
      assert.is(output, text(own).replaceAll(',', ' '));
    }),
    { numRuns: 200 },
  );
});

test('of transactions those are written by a server that have its number, and not one that looks like it', async () => {
  await fc.assert(
    fc.asyncProperty(server, history, async (writer, transactions) => {
      const { output } = await bash.ask('written_by', String(writer), text(transactions).replaceAll(',', ' '));
      assert.is(output, text(transactions.filter((each) => each.server === writer)).replaceAll(',', ' '));
    }),
    RUNS,
  );
});

test("a copy's history has each writer once, ends in its position, and covers what both name", async () => {
  await fc.assert(
    fc.asyncProperty(history, position, async (own, at) => {
      // What was copied is at least as new as what the server had noted of the same writer.
      const before = own.filter(
        (each) => lacking([each], at, writerOf).length === 0 || !at.some((other) => writerOf(other) === writerOf(each)),
      );
      const { output } = await bash.ask('copied_history', text(before), text(at));
      const kept = before.filter((each) => !at.some((other) => writerOf(other) === writerOf(each)));
      assert.is(output, text([...kept, ...at]));
      assert.equal(lacking([...before, ...at], [...kept, ...at], writerOf), []);
    }),
    RUNS,
  );
});

test.after(() => {
  bash.close();
});

test.run();
