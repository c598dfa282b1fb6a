/**
 * The agent's pass on a replica that follows: every state in which it may find the replica, what it tells, what it does, what it
 * leaves alone, and that it finds back. The rows of an engine share one replica, one after the other.
 */

import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import * as change from './harness/disturbances.ts';
import type { Outcome } from './harness/container.ts';
import {
  AT_ONCE,
  forgetAnswers,
  pass,
  REPAIR,
  replicaStatus,
  replicating,
  reports,
  settled,
  startPasses,
  type PassEnvironment,
  type Passes,
} from './harness/passes.ts';
import { ISLAND_ROOT } from './harness/island.ts';
import { reseat } from './harness/seats.ts';
import { table, type Row } from './harness/table.ts';
import { exists } from './harness/volumes.ts';

const ENGINES = ['mysql-9.7', 'mariadb-11.8'] as const satisfies readonly EngineName[];

/** What a pass does about what it finds. */
type Deed = 'nothing' | 'requests a copy' | 'starts replication' | 'stops replication';

interface State {
  readonly name: string;
  readonly arrange: change.Change;
  readonly environment?: PassEnvironment;
  readonly reason: string;
  /** What the probe tells; nothing: the pod is ready. */
  readonly notReady?: RegExp;
  readonly deed?: Deed;
  readonly undo: change.Change;
}

const PURGED = {
  notReady: /PurgedBinlogs: the primary has purged binary logs that this replica needs/,
  undo: change.both(reseat, change.startAgain),
};
const ERRANT = { notReady: /ErrantTransactions: this replica has transactions that the primary does not have: \S/, undo: PURGED.undo };
const STOPPED = { notReady: /does not apply changes|StoppedByHand: .*somebody stopped it by hand/, undo: change.startAgain };
const OTHER = {
  reason: 'OtherCluster',
  deed: 'stops replication',
  notReady: /OtherCluster: the primary holds another cluster \(f+\)/,
} as const;

async function onePass(passes: Passes): Promise<void> {
  await pass(passes, AT_ONCE);
}

/** Where a server's own words decide. */
// A row a line, as in the table that people read.
// prettier-ignore
const STATES: readonly State[] = [
  { name: 'the primary is gone for a moment', arrange: change.primaryMissed, reason: 'OutOfTouch', undo: change.primaryBack },
  { name: 'the primary refuses the password', arrange: change.refused, environment: REPAIR, reason: 'CredentialsRefused', notReady: /CredentialsRefused: the primary refuses the account replication: .*1045/, undo: change.accepted },
  { name: 'the password is longer than a replica can keep', arrange: change.longPassword, environment: REPAIR, reason: 'CredentialsRefused', notReady: /CredentialsRefused: key 'replication-password' of Secret db has more than the (32|96) bytes that \S+ takes/, undo: change.ownPassword },
  { name: 'a change that cannot be applied', arrange: change.notApplied, environment: REPAIR, reason: 'ApplyFailed', notReady: /ApplyFailed: changes are not applied: \S/, undo: change.applicable },
  { name: 'stopped by hand, to be started', arrange: change.stoppedByHand, environment: REPAIR, reason: 'StoppedByHand', deed: 'starts replication', ...STOPPED },
  { name: 'errant transactions, to be reported', arrange: change.errant, environment: AT_ONCE, reason: 'ErrantTransactions', ...ERRANT },
  { name: 'errant transactions, to be cloned anew', arrange: change.errant, environment: REPAIR, reason: 'Recloning', deed: 'requests a copy', ...ERRANT },
  { name: 'an error of purged logs that has passed', arrange: change.both(change.purged, reseat), environment: REPAIR, reason: 'Replicating', deed: 'starts replication', undo: change.startAgain },
  { name: 'purged logs, before recovery.after', arrange: change.purged, reason: 'PurgedBinlogs', ...PURGED },
  { name: 'purged logs, to be cloned anew', arrange: change.purged, environment: REPAIR, reason: 'Recloning', deed: 'requests a copy', ...PURGED },
];

/** Where the scripts alone decide, so that one engine is enough. */
// A row a line, as in the table that people read.
// prettier-ignore
const OWN_STATES: readonly State[] = [
  { name: 'the primary holds another cluster', arrange: change.otherCluster, environment: REPAIR, ...OTHER, undo: change.ownCluster },
  { name: 'the primary is of an older generation', arrange: change.olderPrimary, environment: REPAIR, reason: 'OlderPrimary', deed: 'stops replication', notReady: /OlderPrimary: the primary's data is of generation 1 and this replica's of 2/, undo: change.sameGeneration },
  { name: 'stopped by hand, to be reported', arrange: change.stoppedByHand, environment: AT_ONCE, reason: 'StoppedByHand', ...STOPPED },
  { name: 'an error of the connection that has passed', arrange: change.connectionFailed, reason: 'Replicating', deed: 'starts replication', undo: change.startAgain },
  { name: "errant transactions, at which the primary's stop", arrange: change.errantInTheWay, environment: REPAIR, reason: 'Recloning', deed: 'requests a copy', ...ERRANT },
  { name: 'errant transactions, and the primary holds another cluster', arrange: change.both(change.errant, change.otherCluster), environment: REPAIR, ...OTHER, undo: change.both(change.ownCluster, ERRANT.undo) },
  { name: 'errant transactions, and the primary no longer answers', arrange: change.both(change.errant, change.both(onePass, change.primaryMissed)), environment: AT_ONCE, reason: 'ErrantTransactions', ...ERRANT, undo: change.both(change.primaryBack, ERRANT.undo) },
  { name: "purged logs, and the day's copies are used up", arrange: change.purged, environment: { ...REPAIR, RECLONES_PER_DAY: '0' }, reason: 'PurgedBinlogs', ...PURGED },
  { name: 'purged logs, and the primary holds another cluster', arrange: change.both(change.purged, change.otherCluster), environment: REPAIR, ...OTHER, deed: 'nothing', undo: change.both(change.ownCluster, PURGED.undo) },
  { name: 'purged logs, and the primary no longer answers', arrange: change.both(change.purged, change.primaryGone), environment: REPAIR, reason: 'PurgedBinlogs', notReady: PURGED.notReady, undo: change.both(change.primaryBack, PURGED.undo) },
];

async function replicates(passes: Passes): Promise<boolean> {
  const shown = await replicaStatus(passes);
  return shown.includes('_SQL_Running: Yes') && !shown.includes('_IO_Running: No');
}

async function deedOf(passes: Passes, replicatedBefore: boolean): Promise<Deed> {
  if (exists(passes.replica, 'replacement')) return 'requests a copy';
  const replicatesNow = await replicates(passes);
  if (replicatesNow === replicatedBefore) return 'nothing';
  return replicatesNow ? 'starts replication' : 'stops replication';
}

async function check(passes: Passes, { arrange, environment = {}, reason, notReady, deed = 'nothing', undo }: State): Promise<void> {
  await arrange(passes);
  const before = await replicates(passes);
  const first = await pass(passes, environment);
  assert.is(replicating(passes), reason, first.output);
  assert.is(first.status, notReady === undefined ? 0 : 1, first.output);
  assert.is(await deedOf(passes, before), deed, first.output);
  if (deed === 'requests a copy') await dropCopy(passes);
  else await probesAgree(passes, notReady);
  if (deed === 'nothing' || deed === 'stops replication') await secondPassIsSilent(passes, environment, first);
  await undo(passes);
  await settled(passes);
  assert.is((await passes.replica.probe('ready')).status, 0, 'it found back');
}

async function probesAgree({ replica }: Passes, notReady: RegExp | undefined): Promise<void> {
  const probe = await replica.probe('ready');
  assert.is(probe.status, notReady === undefined ? 0 : 1, probe.output);
  if (notReady !== undefined) assert.match(probe.output, notReady);
  assert.is((await replica.probe('alive')).status, 0, 'a replica that does not replicate is alive');
}

/** What was said once is not said again, and nobody is asked to write it down again. */
async function secondPassIsSilent(passes: Passes, environment: PassEnvironment, first: Outcome): Promise<void> {
  const known = reports(passes);
  const second = await pass(passes, environment);
  assert.is(second.status, first.status, second.output);
  assert.is(second.output, '');
  assert.is(reports(passes), known, 'the second pass wrote to the API');
}

/** The server was shut down, so that the next start finds the request; here it goes on without a copy. */
async function dropCopy({ release, replica }: Passes): Promise<void> {
  await replica.container('mysql').end(20);
  assert.is(
    exists(replica, 'staging', 'record'),
    release.engine.family === 'mariadb',
    'a streamed copy is there, the plugin makes its own later',
  );
  await release.island.run('bash', '-c', 'rm -rf "$1"/{replacement,staging}', '-', `${ISLAND_ROOT}/${release.name}/${replica.name}/volume`);
  await replica.startServer();
}

interface Stage {
  readonly passes: Promise<Passes>;
  /** The row of this engine that was the last to begin. */
  last: Promise<void>;
}

const stages = new Map<EngineName, Stage>();

/** Runs a row after the others of its engine. After one that failed nobody knows what the replica is, so the others fail, too. */
function onStage(engine: EngineName, run: (passes: Passes) => Promise<void>): Promise<void> {
  const stage: Stage = stages.get(engine) ?? { passes: startPasses(engine), last: Promise.resolve() };
  stages.set(engine, stage);
  const ends = stage.last.then(async () => run(await stage.passes));
  stage.last = ends;
  ends.catch(() => undefined);
  return ends;
}

function row(engine: EngineName, state: State): Row {
  return { name: `${engine}: ${state.name}`, run: () => onStage(engine, (passes) => check(passes, state)) };
}

/** The pass ends all the same, and a replica that follows is no worse for it. */
const SLOW_ANSWER: Row = {
  name: 'mariadb-11.8: the primary does not finish its answer',
  run: () =>
    onStage('mariadb-11.8', async (passes) => {
      await change.holdTable(passes.primary, 'mysql_sts.cluster WRITE');
      await forgetAnswers(passes);
      assert.is((await pass(passes)).status, 0);
      assert.is(replicating(passes), 'Replicating');
      assert.is((await passes.replica.probe('ready')).status, 0);
      await change.letGo(passes.primary);
    }),
};

const rows = [
  ...STATES.flatMap((state) => ENGINES.map((engine) => row(engine, state))),
  ...OWN_STATES.map((state) => row('mariadb-11.8', state)),
  SLOW_ANSWER,
];

table('a pass on a replica', rows, {
  parallel: 2,
  after: async () => {
    for (const { passes } of stages.values()) await (await passes).release.remove();
  },
});
