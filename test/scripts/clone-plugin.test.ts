/** Clones by MySQL's plugin, with a real donor and a real receiver: one attempt in every state, and clone-mysql.sh as a whole. */

import { existsSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { ISLAND_ROOT } from './harness/island.ts';
import { attempt, forgetCopy, makeStage, NOT_READY, refused, ROWS, serve, servers, type Stage } from './harness/plugin-stage.ts';
import type { Pod } from './harness/pod.ts';
import { restorePod } from './harness/prepared.ts';
import { PASSWORDS } from './harness/release.ts';
import { startShell, withFunctions } from './harness/shell.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { entries, exists, record } from './harness/volumes.ts';
import { until } from './harness/wait.ts';

type State = readonly [name: string, run: (stage: Stage) => Promise<void>];

const ATTEMPTS: readonly State[] = [
  ['the donor is not there', (stage) => refused(stage, 'db-read', NOT_READY, /Can't connect to MySQL server on 'db-read:3306'/)],
  [
    'the read service has a port of its own',
    (stage) => refused(stage, 'db-read', NOT_READY, /Can't connect to MySQL server on 'db-read:3316'/, { READ_PORT: '3316' }),
  ],
  ['the donor refuses the login', refusedLogin],
  ['the primary is not writable yet', readOnlyPrimary],
  ['the donor is a replica that does not replicate', idleReplica],
  ['the donor is a replica that somebody wrote to', errantReplica],
  ['the donor has a MyISAM table: it is named, with the way out', uncloneable],
  ['the donor serves a clone: nobody else starts a receiving server', serving],
  ['the donor becomes busy after it was asked', busy],
  ['the volume is too small', smallVolume],
  ['the donor stands still before its first byte', frozenBefore],
  ['the donor stands still in the middle', (stage) => interrupted(stage, 'SIGSTOP')],
  ['the donor dies in the middle', (stage) => interrupted(stage, 'SIGKILL')],
];

async function refusedLogin(stage: Stage): Promise<void> {
  await stage.receiver.setSecrets({ ...PASSWORDS, clone: 'wrong' });
  await refused(stage, 'db-0.db', NOT_READY, /Access denied for user 'clone'/);
  await stage.receiver.setSecrets(PASSWORDS);
}

async function readOnlyPrimary(stage: Stage): Promise<void> {
  await sql(stage.donor, 'SET GLOBAL read_only = ON;');
  await refused(stage, 'db-0.db', NOT_READY, /^the primary is not ready yet$/);
  await sql(stage.donor, 'SET GLOBAL read_only = OFF;');
}

/** The primary's data under a replica's name, which nobody ever pointed at a source. */
async function idleReplica(stage: Stage): Promise<void> {
  const replica = await restorePod(stage.release, 2);
  await replica.initialise();
  await replica.startServer();
  await refused(stage, 'db-2.db', NOT_READY, /^it does not replicate$/);
  await replica.container('mysql').kill();
}

/** Replication is set up by hand, since an agent would report what is wrong. */
async function errantReplica(stage: Stage): Promise<void> {
  const replica = await stage.release.pod(2);
  await stage.release.island.run('rm', `${ISLAND_ROOT}/${stage.release.name}/db-2/volume/instance/data/auto.cnf`);
  await replica.startServer();
  const { status, output } = await withFunctions(
    replica,
    'load do/replicate talk/sql; change_source_sql | local_sql; printf "START REPLICA;\n" | local_sql',
    { container: 'mysql' },
  );
  assert.is(status, 0, output);
  await until('the replica follows', async () => (await sql(replica, 'SELECT COUNT(*) FROM app.t;').catch(() => '')) === String(ROWS));
  await sql(replica, 'SET GLOBAL super_read_only = OFF; CREATE TABLE app.errant (a INT); SET GLOBAL super_read_only = ON;');
  await refused(stage, 'db-2.db', NOT_READY, /^it has transactions that the primary does not have$/);
  await replica.container('mysql').kill();
}

async function uncloneable(stage: Stage): Promise<void> {
  await sql(stage.donor, 'CREATE TABLE app.old (a INT) ENGINE = MyISAM;');
  await refused(
    stage,
    'db-0.db',
    1,
    /^these tables would arrive empty, .*: app\.old \(MyISAM\)\. Convert them .* or set clone\.method: xtrabackup$/,
  );
  await sql(stage.donor, 'DROP TABLE app.old;');
}

/** More than the receiving server needs to start, and than the network keeps for a receiver that takes nothing. */
async function fillTables(donor: Pod): Promise<void> {
  for (const name of ['one', 'two', 'three']) await sql(donor, `CREATE TABLE app.${name} (a INT) AUTOEXTEND_SIZE = 64M;`);
}

async function emptyTables(donor: Pod): Promise<void> {
  await sql(donor, 'DROP TABLE app.one, app.two, app.three;');
}

/** The second pod has made no receiving server, so an attempt that started one would say that this failed. */
async function serving(stage: Stage): Promise<void> {
  const { donor, release } = stage;
  await fillTables(donor);
  await forgetCopy(release);
  const second = await release.pod(3);
  startShell(second, 'clone');
  const first = attempt(stage, 'db-0.db');
  await Promise.race([first, until('the first copy has begun', () => exists(stage.receiver, 'staging', 'data', 'ibdata1'))]);
  const receivingServer = /^mysqld/;
  stage.receiver.container('shell').signal('SIGSTOP', receivingServer);
  await refused({ ...stage, receiver: second }, 'db-0.db', NOT_READY, /^it is busy with another clone$/);
  stage.receiver.container('shell').signal('SIGKILL', receivingServer);
  assert.is((await first).status, 1, 'the first copy was still under way');
  await emptyTables(donor);
}

/** The limit holds only after a first burst of some 50 MB. */
async function busy(stage: Stage): Promise<void> {
  await fillTables(stage.donor);
  await sql(stage.donor, 'SET GLOBAL clone_max_data_bandwidth = 1;');
  const other = sql(stage.donor, "CLONE LOCAL DATA DIRECTORY = '/tmp/other';").catch(() => 'ended');
  const running = "SELECT IFNULL(MAX(id), 0) FROM information_schema.processlist WHERE info LIKE 'CLONE LOCAL%';";
  await until('the other clone runs', () => existsSync(stage.donor.path('tmp', 'other')));
  await refused(stage, 'db-0.db', NOT_READY, /^it is busy with another clone$/);
  await sql(stage.donor, `KILL QUERY ${await sql(stage.donor, running)};`);
  assert.is(await other, 'ended', 'the other clone was still running');
  await sql(stage.donor, 'SET GLOBAL clone_max_data_bandwidth = 0;');
  await emptyTables(stage.donor);
}

async function smallVolume(stage: Stage): Promise<void> {
  const fill = 'fallocate --length $(($(df --output=avail --block-size=1 "$1" | tail --lines=1) - 20000000)) "$1/filler"';
  const folder = `${ISLAND_ROOT}/${stage.release.name}/db-1/volume`;
  await forgetCopy(stage.release);
  await stage.release.island.run('bash', '-c', fill, '-', folder);
  await refused(stage, 'db-0.db', 1, /Available space [\d.]+ MiB is not enough/);
  await stage.release.island.run('rm', `${folder}/filler`);
}

/** The receiving server is started after the donor has answered all questions, and before the copy begins. */
async function frozenBefore(stage: Stage): Promise<void> {
  const ends = refused(stage, 'db-0.db', 1, /^the copy stood still at 0 MiB for 2s \(value clone\.plugin\.stallTimeout\)$/, {
    CLONE_STALL_TIMEOUT: '2s',
  });
  await Promise.race([ends, until('the receiving server starts', () => servers(stage.receiver) > 0)]);
  stage.donor.container('mysql').signal('SIGSTOP');
  await ends.finally(() => {
    stage.donor.container('mysql').signal('SIGCONT');
  });
}

async function interrupted(stage: Stage, signal: 'SIGSTOP' | 'SIGKILL'): Promise<void> {
  const { donor, receiver } = stage;
  await sql(donor, 'SET GLOBAL clone_max_network_bandwidth = 1;');
  await forgetCopy(stage.release);
  const ends = refused(stage, 'db-0.db', 1, /^the copy stood still at \d+ MiB for 2s \(value clone\.plugin\.stallTimeout\)$|^ERROR /, {
    CLONE_STALL_TIMEOUT: '2s',
  });
  await Promise.race([ends, until('the copy has begun', () => exists(receiver, 'staging', 'data', 'ibdata1'))]);
  donor.container('mysql').signal(signal);
  await ends;
  if (signal === 'SIGSTOP') {
    donor.container('mysql').signal('SIGCONT');
    await sql(donor, 'SET GLOBAL clone_max_network_bandwidth = 0;');
  } else {
    await donor.container('mysql').kill();
    await serve(donor);
  }
}

/** The whole of clone-mysql.sh, which makes its receiving server itself. */
const WHOLE: readonly State[] = [
  ["the deadline passes: every donor's reason is said, and nothing is kept", deadline],
  ['half-done staging is wiped; a copy that was not published is published by the next start, which needs no donor', publishedLater],
];

async function deadline({ receiver }: Stage): Promise<void> {
  await receiver.setSecrets({ ...PASSWORDS, clone: 'wrong' });
  const { status, message } = await receiver.run('clone-mysql', { CLONE_DEADLINE: '0s' });
  assert.is(status, 1);
  assert.match(message, /^No clone could be made within 0s .* db-0\.db: .*Access denied.*; db-read: .*\. Nothing half-made was kept/);
  assert.equal(entries(receiver), []);
  await receiver.setSecrets(PASSWORDS);
}

async function publishedLater({ release, donor, receiver }: Stage): Promise<void> {
  await release.island.run(
    'install',
    '-D',
    '--owner=999',
    '/dev/null',
    `${ISLAND_ROOT}/${release.name}/db-1/volume/staging/data/left-over`,
  );
  await release.island.run('chown', '-R', '999:999', `${ISLAND_ROOT}/${release.name}/db-1/volume/staging`);
  release.api.disturb = (call) => (call.method === 'PATCH' ? 500 : 'none');
  const { status, message, output } = await receiver.run('clone-mysql', { CLONE_DEADLINE: '0s' });
  assert.is(status, 1, output);
  assert.match(message, /^Claim data-db-1 could not be annotated/, output);
  assert.match(output, /the copy is proven: cluster [0-9a-f]{32}, position [0-9a-f-]{36}:1-\d+/);
  assert.equal(entries(receiver), ['staging']);
  release.api.disturb = () => 'none';
  await donor.container('mysql').kill();
  assert.is((await receiver.run('clone-mysql')).status, 0);
  assert.equal(entries(receiver), ['instance']);
  assert.not.ok(exists(receiver, 'instance', 'data', 'left-over'));
  assert.is(release.api.claims.get('data-db-1')?.['mysql-sts/holds-data'], record(receiver)['cluster']);
  await receiver.startServer();
  assert.is(await sql(receiver, 'SELECT COUNT(*) FROM app.t;'), String(ROWS));
}

let made: Promise<Stage> | undefined;

const rows = [...ATTEMPTS, ...WHOLE].map(([name, run]): Row => ({ name, run: async () => run(await (made ??= makeStage())) }));

table('clone-mysql, by plugin', rows, { after: async () => (await made)?.release.remove() });
