/** Tables of states as uvu suites: each row is a test of its own name; several may run at the same time. */

import { suite } from 'uvu';

/** A state and what must come of it. */
export interface Row {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** A word in the names of the rows to run, for work on one of them. */
const ONLY = process.env['MYSQL_STS_ROW'] ?? '';

interface TableOptions {
  /** Rows that mostly wait may overlap; uvu itself goes from one to the next. */
  readonly parallel?: number;
  /** Removes what the rows share. */
  readonly after?: () => Promise<void>;
}

/** Registers and runs a table. */
export function table(name: string, rows: readonly Row[], { parallel = 1, after }: TableOptions = {}): void {
  const chosen = rows.filter((row) => row.name.includes(ONLY));
  const tests = suite(name);
  const results = lazily(() => startRows(chosen, parallel));
  for (const row of chosen) {
    tests(row.name, async () => {
      const result = await results().get(row);
      if (result?.status === 'rejected') throw result.reason;
    });
  }
  if (after !== undefined) tests.after(after);
  tests.run();
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Works off the rows in their order, so many at a time. */
function startRows(rows: readonly Row[], parallel: number): ReadonlyMap<Row, Promise<PromiseSettledResult<void>>> {
  const settle = new Map<Row, (result: PromiseSettledResult<void>) => void>();
  const results = new Map(rows.map((row) => [row, new Promise<PromiseSettledResult<void>>((resolve) => settle.set(row, resolve))]));
  const waiting = [...rows];
  const work = async (): Promise<void> => {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) settle.get(row)?.(await timed(row));
  };
  for (let worker = 0; worker < parallel; worker += 1) void work();
  return results;
}

async function timed(row: Row): Promise<PromiseSettledResult<void>> {
  const started = performance.now();
  const [result] = await Promise.allSettled([row.run()]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`    ${seconds.padStart(5)} s  ${result.status === 'rejected' ? 'FAILED: ' : ''}${row.name}\n`);
  return result;
}
