/**
 * Transactions that a replica has from its primary and the primary does not have. One that has lost them, as after a snapshot of its
 * volume came back, writes others under their numbers; one that has only not counted them yet has done no harm.
 */

import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { both, holdCommits, letCommit, primaryBack, primaryGone, startAgain, type Change } from './harness/disturbances.ts';
import { ISLAND_ROOT } from './harness/island.ts';
import { forgetAnswers, pass, REPAIR, replicaStatus, replicating, settled, startPasses, type Passes } from './harness/passes.ts';
import type { Pod } from './harness/pod.ts';
import { applyAfter, lostBeforeApplied, lostByPrimary, reseat } from './harness/seats.ts';
import { withFunctions } from './harness/shell.ts';
import { sql, sqlAs } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { exists, record } from './harness/volumes.ts';
import { until } from './harness/wait.ts';

async function onePass(passes: Passes): Promise<void> {
  const { status, output } = await pass(passes);
  assert.is(status, 0, output);
}

/** Its volume is an older one: nobody had asked since the transaction. */
const VOLUME_CAME_BACK = both(
  lostByPrimary(() => Promise.resolve()),
  both(primaryGone, primaryBack),
);

/** Somebody has emptied its binary logs: it had told that it has the transaction. */
const LOGS_WERE_RESET = lostByPrimary(onePass);

async function countRows(pod: Pod): Promise<number> {
  return Number(await sql(pod, 'SELECT COUNT(*) FROM app.t'));
}

/** Whatever the values allow, the replica keeps what it has. */
async function marked(passes: Passes, arrange: Change, meanwhile: Change = () => Promise.resolve()): Promise<void> {
  const { primary, replica, release } = passes;
  const rows = await countRows(replica);
  await arrange(passes);
  await startAgain(passes);
  await forgetAnswers(passes);
  const [{ status, output }] = await Promise.all([pass(passes, REPAIR), meanwhile(passes)]);
  assert.is(status, 1, output);
  assert.is(replicating(passes), 'PrimaryWentBack', output);
  assert.ok(exists(replica, 'instance', 'ahead-of-primary'), 'the replica is marked before the numbers can be taken');
  assert.match(
    (await replica.probe('ready')).output,
    /^PrimaryWentBack: the primary wrote transactions .* this replica has them \(\S+\): /,
  );
  for (let count = 0; count < 3; count += 1) await sql(primary, 'INSERT INTO app.t VALUES ()');
  assert.is((await pass(passes, REPAIR)).status, 1);
  assert.match(await replicaStatus(passes), /_IO_Running: No/);
  await primaryGone(passes);
  assert.is((await pass(passes, REPAIR)).status, 1);
  assert.is((await replica.probe('donor')).status, 0, 'the release can go on from it');
  await primaryBack(passes);
  await until('the replica has applied what the primary lost', async () => (await countRows(replica)) === rows + 1, { seconds: 60 });
  await release.island.run('rm', `${ISLAND_ROOT}/${release.name}/${replica.name}/volume/instance/ahead-of-primary`);
  await both(reseat, startAgain)(passes);
  await settled(passes);
}

/** The primary's disk is so slow that the replica has a transaction for long before the primary counts it. */
async function notCounted(passes: Passes): Promise<void> {
  const { primary, replica, release } = passes;
  const uptime = "SELECT variable_value FROM performance_schema.global_status WHERE variable_name = 'Uptime'";
  await until('the primary was there before', async () => Number(await sql(primary, uptime)) > 3);
  await forgetAnswers(passes);
  await onePass(passes);
  const rows = await countRows(replica);
  await holdCommits(primary);
  const write = sqlAs(primary, { user: 'root', password: release.passwords.root }, 'INSERT INTO app.t VALUES ()');
  await until('the replica has the row', async () => (await countRows(replica)) === rows + 1);
  assert.is(await countRows(primary), rows, 'and the primary does not count it');

  await forgetAnswers(passes);
  await onePass(passes);
  assert.is(replicating(passes), 'Replicating');
  assert.is((await replica.probe('ready')).status, 0, 'its readers stay');
  assert.not.ok(exists(replica, 'instance', 'ahead-of-primary'));

  await withFunctions(replica, 'read_uptime; sed -i "s/^uncounted_since=.*/uncounted_since=$((UPTIME - 20))/" "$STATE/memory"', {
    container: 'mysql',
  });
  await forgetAnswers(passes);
  assert.is((await pass(passes)).status, 1);
  assert.is(replicating(passes), 'ErrantTransactions', 'after 20 s somebody should look');
  assert.not.ok(exists(replica, 'instance', 'ahead-of-primary'));

  await letCommit(primary);
  assert.is((await write).status, 0);
  await settled(passes);
  assert.is((await replica.probe('ready')).status, 0, 'it found back');
}

/** What takes the replica's place is of its cluster and generation, or a later one, and lacks nothing of the primary. */
async function onlySuccessors({ replica }: Passes): Promise<void> {
  const own = '$(position_sql | local_sql)';
  const { cluster = '' } = record(replica);
  const cases: readonly (readonly [cluster: string, generation: number, position: string, answer: RegExp])[] = [
    [cluster, 1, own, /^taken$/],
    [cluster, 1, '', /^the copy stands at {2}and lacks transactions of the primary that this replica has, up to \S+$/],
    [cluster, 2, '', /^taken$/],
    [cluster, 0, own, /^it has cluster \w+ in generation 0, and this replica is of \w+ in generation 1$/],
    ['other', 1, own, /^it has cluster other in generation 1, and/],
  ];
  for (const [of, generation, position, answer] of cases) {
    const ask = `(require_successor ${of} ${generation} "${position}" && echo taken) || cat "$RUN/refusal"`;
    const { output } = await withFunctions(replica, `load do/attempt; ${ask}`, { container: 'mysql' });
    assert.match(output.trim(), answer);
  }
}

async function check(engine: EngineName, states: readonly Change[]): Promise<void> {
  const passes = await startPasses(engine);
  try {
    for (const state of states) await state(passes);
  } finally {
    await passes.release.remove();
  }
}

const CAME_BACK: Change = (passes) => marked(passes, VOLUME_CAME_BACK);
const RESET: Change = (passes) => marked(passes, LOGS_WERE_RESET, takeNumbers);

/** The primary writes as soon as the pass is sure of what it lacks. */
async function takeNumbers({ primary, replica }: Passes): Promise<void> {
  await until('the replica stops following', () =>
    Promise.resolve(!readFileSync(replica.path('run', 'state', 'memory'), 'utf8').includes('following=')),
  );
  for (let count = 0; count < 3; count += 1) await sql(primary, 'INSERT INTO app.t VALUES ()');
}

/** The replica lags, and has received what the primary lost. It becomes data all the same. */
async function received(passes: Passes): Promise<void> {
  const rows = await countRows(passes.replica);
  await marked(passes, lostBeforeApplied, async () => {
    assert.is(await countRows(passes.replica), rows, 'the replica has applied it too early to be in this state');
  });
  await applyAfter(passes, 0);
}

/** What the replica itself has is unknown, and so is whether the primary lacks anything. */
async function ownServerAway(passes: Passes): Promise<void> {
  const ask = 'look_at_server; session_rows() { return 1; }; if ask_source; then echo asked; fi; printf "%s\\n" "${SOURCE[error]}"';
  const { output } = await withFunctions(passes.replica, `load see/server see/source lib/memory; recall; ${ask}`, { container: 'mysql' });
  assert.is(output.trim(), "this pod's own server did not answer");
}

const rows: readonly Row[] = [
  {
    name: 'mysql-9.7: an older volume, emptied logs, a lagging replica, and a slow disk',
    run: () => check('mysql-9.7', [ownServerAway, onlySuccessors, notCounted, CAME_BACK, RESET, received]),
  },
  {
    name: 'mariadb-11.8: an older volume, emptied logs, and a lagging replica',
    run: () => check('mariadb-11.8', [ownServerAway, onlySuccessors, CAME_BACK, RESET, received]),
  },
];

table('a primary without what its replica has', rows, { parallel: 2 });
