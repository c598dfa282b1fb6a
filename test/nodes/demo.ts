/** `make demo FAILOVER=1`: installs the chart on three nodes and kills the one of the primary under a writer. */

import { followUntilReady } from '../e2e/demo/follow.ts';
import { demoNamespace } from '../e2e/demo/namespace.ts';
import { demoOptions, type DemoOptions } from '../e2e/demo/options.ts';
import { reportPods } from '../e2e/demo/report.ts';
import { heading, table } from '../e2e/demo/screen.ts';
import { checkSameEverywhere } from '../e2e/support/compare.ts';
import { leaderOf } from '../e2e/support/lease.ts';
import { nameOf } from '../e2e/support/pods.ts';
import { elapsed, say, stopwatch } from '../e2e/support/progress.ts';
import { allPodsOf, helmUpgrade, releaseNamed, type Overrides, type Release } from '../e2e/support/release.ts';
import { connectToPrimary, podSql } from '../e2e/support/sql.ts';
import { BIN, KUBECONFIG } from '../e2e/support/tools.ts';
import { Writer, WRITER_TABLE, type WriterReport } from '../e2e/support/writer.ts';
import { killAndRevive } from './support/kill.ts';
import { nodeOf, requireNodes } from './support/machines.ts';
import { untilWritten } from './support/return.ts';

const NAME = 'mysql-sts';

/** What an earlier demonstration has written would get in the way of the ledger. */
async function forgetWrites(release: Release): Promise<void> {
  const { connection, close } = await connectToPrimary(release);
  await connection.query(`DROP TABLE IF EXISTS ${WRITER_TABLE}`).finally(close);
}

async function showNodes(release: Release): Promise<void> {
  const { pod: leader, term } = await leaderOf(release);
  for (const name of (await allPodsOf(release)).map(nameOf)) {
    say(`  ${name} on ${await nodeOf(release, name)}${name === leader ? `, leads in term ${term}` : ''}`);
  }
}

async function underAWriter(release: Release): Promise<WriterReport> {
  await forgetWrites(release);
  const [writer, seconds] = [await Writer.start(release), stopwatch()];
  await untilWritten(release);
  try {
    await killAndRevive(release, (sentence) => {
      say(`${elapsed(seconds())}  ${sentence}; ${release.ledger.size} rows are acknowledged`);
    });
  } catch (error) {
    await writer.stop().catch(() => undefined);
    throw error;
  }
  return writer.stop();
}

/** What was sent, what was acknowledged, and what the pod that leads now has of it. */
async function showLedger(release: Release, { sent, longestPause }: WriterReport): Promise<void> {
  const { pod } = await leaderOf(release);
  const rows = await podSql(release, pod, `SELECT id FROM ${WRITER_TABLE}`);
  const found = new Set(rows.map(([id]) => Number(id)));
  const missing = [...release.ledger].filter((id) => !found.has(id)).length;
  heading('The writer');
  table([
    ['SECONDS WITHOUT A ROW', 'SENT', 'ACKNOWLEDGED', `FOUND ON ${pod}`, 'ACKNOWLEDGED AND MISSING'],
    // The writer's first row is sent before it counts.
    [longestPause.toFixed(1), String(sent + 1), String(release.ledger.size), String(found.size), String(missing)],
  ]);
}

/** Prints commands that can be pasted as they are. */
async function showCommands(release: Release): Promise<void> {
  const { namespace, fullname } = release;
  const { pod } = await leaderOf(release);
  heading('How to look around, and to do it again');
  for (const command of [
    `export KUBECONFIG=${KUBECONFIG} PATH=${BIN}:$PATH   # once, for all that follow`,
    `kubectl -n ${namespace} get lease ${fullname}   # who leads`,
    `kubectl -n ${namespace} get pods -o wide -L mysql-sts/role`,
    `kubectl -n ${namespace} logs ${pod} -c keeper   # why`,
    `kubectl -n ${namespace} annotate lease ${fullname} mysql-sts/primary=${fullname}-0 --overwrite   # let another pod lead`,
    `test/cluster/three/nodes.sh kill ${await nodeOf(release, pod)}   # also: revive, cut NODE all, cut NODE peers, heal, freeze, thaw`,
    'make cluster-down   # the end of the nodes',
  ]) {
    say(`  ${command}`);
  }
}

async function demonstrate(options: DemoOptions): Promise<void> {
  const { engine, method } = options;
  const seconds = stopwatch();
  requireNodes();
  heading(`The node of the primary is lost: ${engine.name}, cloned by ${method}, on three nodes`);
  const namespace = await demoNamespace(options);
  const values: Overrides = { ...options.values, failover: { mode: 'automatic' }, scheduling: { antiAffinity: 'required' } };
  say(`  helm upgrade --install ${NAME} ./chart --namespace ${namespace} (${JSON.stringify(values)})`);
  await helmUpgrade(namespace, NAME, values);
  const release = await releaseNamed(namespace, NAME, engine.name);
  heading('Pods');
  await followUntilReady(release);
  await showNodes(release);
  heading('Writing as the account "app", row after row');
  const report = await underAWriter(release);
  await checkSameEverywhere(release);
  await showLedger(release, report);
  await reportPods(release, options, WRITER_TABLE);
  await showCommands(release);
  say(`\n${elapsed(seconds())}  the demonstration is complete and stays as it is.`);
}

try {
  await demonstrate(demoOptions(process.env));
} catch (error) {
  process.stderr.write(`\ndemo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
