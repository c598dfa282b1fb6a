/**
 * Measures the chart beside the tutorial's own manifests: same cluster, same data, same run. Writes docs/performance.md.
 *
 *     BENCH_MEGABYTES=1000 BENCH_REST_SECONDS=300 node --import tsx test/bench/main.ts
 */

import { removeLeftovers, removeNamespace } from '../e2e/support/namespaces.ts';
import { elapsed, say, stopwatch } from '../e2e/support/progress.ts';
import { measureCopy, measureLimit } from './measures/copy.ts';
import { measureGrowth, measureInstall, measureReplica } from './measures/life.ts';
import { measureAgent, measureServing } from './measures/rest.ts';
import { writePage } from './page.ts';
import { CONTENDERS, Ledger, makeOpenNamespace, TUTORIAL, type Contender } from './support.ts';

const MEGABYTES = Number(process.env['BENCH_MEGABYTES'] ?? 1000);
const REST_SECONDS = Number(process.env['BENCH_REST_SECONDS'] ?? 300);

async function measure(contender: Contender, ledger: Ledger): Promise<void> {
  say(`\n   ···  ${contender.title}`);
  const namespace = await makeOpenNamespace('bench');
  try {
    const course = await measureInstall(contender, namespace, ledger);
    if (contender !== TUTORIAL) await measureAgent(course, contender, REST_SECONDS, ledger);
    await measureReplica(course, contender, MEGABYTES, ledger);
    await measureCopy(course, contender, ledger);
    await measureServing(course, contender, ledger);
    if (contender === CONTENDERS.at(-1)) await measureLimit(course, ledger);
    await measureGrowth(course, contender, MEGABYTES, ledger);
  } finally {
    await removeNamespace(namespace);
  }
}

const [ledger, seconds] = [new Ledger(), stopwatch()];
await removeLeftovers();
for (const contender of CONTENDERS) await measure(contender, ledger);
writePage(ledger, { megabytes: MEGABYTES, restSeconds: REST_SECONDS, seconds: seconds() });
say(`${elapsed(seconds())}  docs/performance.md is written`);
