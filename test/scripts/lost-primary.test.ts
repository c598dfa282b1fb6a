/** A primary that has lost its volume goes on from a replica: from which, when, and with what. */

import * as assert from 'uvu/assert';
import { ISLAND_ROOT } from './harness/island.ts';
import type { Pod } from './harness/pod.ts';
import { restorePair, restoreReplica } from './harness/prepared.ts';
import { withRelease, type Release } from './harness/release.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { entries, record } from './harness/volumes.ts';
import { until } from './harness/wait.ts';

const MARIADB = { engine: 'mariadb-11.8', method: 'mariadb-backup' } as const;
const MYSQL = { engine: 'mysql-9.7', method: 'plugin' } as const;
const RESEED = { PRIMARY_VOLUME_LOST: 'reseed' };

/** MariaDB numbers transactions through, whoever writes them: a replica that somebody wrote to has a higher number, and not the rows. */
const ERRANT_REPLICA: Row = {
  name: 'to go on from a replica with rows of its own is refused, since it lacks what another one has',
  run: () =>
    withRelease({ ...MARIADB, environment: RESEED }, async (release) => {
      const { primary, replica } = await restorePair(release);
      const errant = await restoreReplica(release, 2);
      await errant.initialise();
      await sql(primary, 'CREATE TABLE app.kept (id INT PRIMARY KEY)');
      await Promise.all([replica.startReady(), errant.startReady()]);
      await sql(errant, 'STOP REPLICA; SET GLOBAL read_only = OFF; INSERT INTO app.kept VALUES (71); INSERT INTO app.kept VALUES (72)');
      await sql(primary, 'INSERT INTO app.kept VALUES (1)');
      await until('the good replica has the row', async () => (await sql(replica, 'SELECT COUNT(*) FROM app.kept')) === '1');
      await losePrimary(release, primary);
      const { status, output } = await primary.run('init-mysql');
      assert.is(status, 1, output);
      assert.match(output, /no replica holds everything that the others hold: 1 0-100-\d+; 2 .*0-102-\d+/);
      assert.equal(entries(primary), []);
    }),
};

/** A primary with two rows, and a replica that has them. */
async function pairWithRows(release: Release): Promise<{ readonly primary: Pod; readonly replica: Pod }> {
  const { primary, replica } = await restorePair(release);
  await sql(primary, 'CREATE TABLE app.kept (id INT PRIMARY KEY); INSERT INTO app.kept VALUES (1), (2)');
  await replica.startReady();
  await until('the rows arrive', async () => (await sql(replica, 'SELECT COUNT(*) FROM app.kept').catch(() => '')) === '2');
  return { primary, replica };
}

const BLOCKED = "FROM information_schema.processlist WHERE state LIKE 'Waiting for table metadata lock%'";
const HOLDER = "SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(100) AS held%'";

/** A server that has read all that it received may have given it to a worker that is not through with it. */
function applyingRow(options: typeof MARIADB | typeof MYSQL): Row {
  return {
    name: `${options.engine} goes on from the replica only when it has applied what it received`,
    run: () =>
      withRelease({ ...options, environment: RESEED }, async (release) => {
        const { primary, replica } = await pairWithRows(release);
        const held = sql(replica, 'LOCK TABLES app.kept READ; SELECT SLEEP(100) AS held').catch(() => undefined);
        await until('the lock is held', async () => (await sql(replica, HOLDER)) !== '');
        await sql(primary, 'INSERT INTO app.kept VALUES (3)');
        await until('the row has been received', async () => (await sql(replica, `SELECT COUNT(*) ${BLOCKED}`)) !== '0');
        await losePrimary(release, primary);
        const init = primary.start('init-mysql');
        await init.says('db-1.db: still applies what it received');
        await sql(replica, `KILL ${await sql(replica, HOLDER)}`);
        await held;
        const { status, output } = await init.end();
        assert.is(status, 0, output);
        assert.is(await sql(replica, 'SELECT COUNT(*) FROM app.kept'), '3');
        assert.match(output, /going on from db-1\.db at \S+/);
      }),
  };
}

/** The release goes on from a replica that applies, where there is one with the same data. */
const STOPPED_REPLICA: Row = {
  name: 'to go on from replicas of which one has stopped takes the other',
  run: () =>
    withRelease({ ...MARIADB, environment: RESEED }, async (release) => {
      const { primary, replica } = await restorePair(release);
      const other = await restoreReplica(release, 2);
      await other.initialise();
      await Promise.all([replica.startReady(), other.startReady()]);
      await sql(replica, 'STOP REPLICA');
      await losePrimary(release, primary);
      const { status, output } = await primary.run('init-mysql');
      assert.is(status, 0, output);
      assert.match(output, /going on from db-2\.db/);
    }),
};

/** There is no other. What it has received and not applied cannot be known to count. */
function onlyStoppedRow(options: typeof MARIADB | typeof MYSQL): Row {
  return {
    name: `${options.engine} goes on from its only replica, which has stopped`,
    run: () =>
      withRelease({ ...options, environment: RESEED }, async (release) => {
        const { primary, replica } = await pairWithRows(release);
        await sql(replica, 'STOP REPLICA');
        await until('the replica is not ready', async () => (await replica.probe('ready')).output.includes('somebody stopped it by hand'));
        await losePrimary(release, primary);
        await primary.initialise();
        await primary.startReady();
        assert.is(await sql(primary, 'SELECT COUNT(*) FROM app.kept'), '2');
      }),
  };
}

async function losePrimary(release: Release, primary: Pod): Promise<void> {
  await primary.container('agent').kill();
  await primary.container('mysql').kill();
  await release.island.run('rm', '-rf', `${ISLAND_ROOT}/${release.name}/${primary.name}/volume/instance`);
}

/** The rows of a replica live on in a new primary, as another generation, and the replica follows it; and once more. */
function reseedRow(options: typeof MARIADB | typeof MYSQL): Row {
  return {
    name: `${options.engine} goes on from the replica twice, and the replica follows`,
    run: () =>
      withRelease({ ...options, environment: RESEED }, async (release) => {
        const { replica } = await pairWithRows(release);
        for (const generation of [2, 3]) await goOn(release, generation);
        assert.not.match(replica.container('agent').log, /PurgedBinlogs/);
      }),
  };
}

/** Takes the primary its volume. Afterwards there is a row for each generation but the first, beside the first two. */
async function goOn(release: Release, generation: number): Promise<void> {
  const [primary, replica] = [await release.pod(0), await release.pod(1)];
  await losePrimary(release, primary);
  await primary.initialise();
  assert.is(record(primary)['generation'], String(generation));
  await primary.startReady();
  await sql(primary, `INSERT INTO app.kept VALUES (${generation + 1})`);
  assert.is(await sql(primary, 'SELECT @@server_id, generation FROM mysql_sts.cluster'), `${generation}00\t${generation}`);
  const follows = async (): Promise<boolean> => (await sql(replica, 'SELECT COUNT(*) FROM app.kept')) === String(generation + 1);
  await until('the replica follows', follows, { why: () => replica.container('agent').tail });
  const annotation = (): string | undefined => release.api.claims.get('data-db-1')?.['mysql-sts/generation'];
  await until('the claim of the replica says so', () => Promise.resolve(annotation() === String(generation)));
}

const BOTH = [MARIADB, MYSQL].flatMap((options) => [reseedRow(options), applyingRow(options), onlyStoppedRow(options)]);

table('the primary goes on from a replica', [ERRANT_REPLICA, STOPPED_REPLICA, ...BOTH], { parallel: 2 });
