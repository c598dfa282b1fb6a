/**
 * Measures the chart beside the tutorial's own manifests on the same cluster with the same data, and writes docs/performance.md. Parts that this
 * machine has measured on this tree are not measured again, unless BENCH_ANEW is set.
 *
 *     MYSQL_STS_MINUTES=20 BENCH_MEGABYTES=1000 BENCH_REST_SECONDS=300 node --import tsx test/bench/main.ts [WORD]
 *
 * Run are the parts with that word in their names. Begun is none after so many minutes.
 */

import { removeLeftovers } from '../e2e/support/namespaces.ts';
import { elapsed, say, stopwatch } from '../e2e/support/progress.ts';
import { currentCommit } from '../support/commit.ts';
import { timeLimit } from '../support/time-limit.ts';
import { keepingMemory } from './memory.ts';
import { measurePace } from './pace.ts';
import { writePage } from './page.ts';
import { digestFor, PARTS, type Options, type Part } from './parts.ts';
import { benchResults, thisMachine } from './results.ts';
import { Ledger } from './support.ts';

const OPTIONS: Options = {
  megabytes: Number(process.env['BENCH_MEGABYTES'] ?? 1000),
  restSeconds: Number(process.env['BENCH_REST_SECONDS'] ?? 300),
};

/** Whether a part has been measured here and now. */
function isKnown(part: Part): boolean {
  if ((process.env['BENCH_ANEW'] ?? '') !== '') return false;
  const result = benchResults.read().find((each) => each.part === part.name);
  return result?.digest === digestFor(part, OPTIONS) && result.machine === thisMachine().machine;
}

async function measure(part: Part): Promise<void> {
  say(`\n   ···  ${part.name}`);
  const [ledger, seconds] = [new Ledger(), stopwatch()];
  const [digest, commit, date] = [digestFor(part, OPTIONS), currentCommit(), new Date().toISOString().slice(0, 16)];
  const before = await measurePace();
  await part.run(OPTIONS, ledger);
  const paces = [before, await measurePace()] as const;
  const { measurements, profiles } = ledger;
  const { megabytes } = OPTIONS;
  benchResults.enter({
    part: part.name,
    ...thisMachine(),
    megabytes,
    seconds: seconds(),
    paces,
    measurements,
    profiles,
    date,
    commit,
    digest,
  });
  say(`${elapsed(seconds())}  ${part.name}: measured`);
}

const [word = ''] = process.argv.slice(2);
const [seconds, isOver] = [stopwatch(), timeLimit()];
await removeLeftovers();
const due = PARTS.filter((part) => part.name.includes(word) && !isKnown(part));
let left = due.length;

async function measureDue(): Promise<void> {
  for (const part of due) {
    if (isOver()) break;
    try {
      await measure(part);
      left -= 1;
    } catch (error) {
      say(`      ${part.name} FAILED: ${String(error)}`);
      process.exitCode = 1;
    }
  }
}

if (due.length > 0) await keepingMemory(measureDue);
writePage(OPTIONS);
say(`${elapsed(seconds())}  docs/performance.md is written; ${left} parts are left for the next run`);
