/** A backup and the release that begins from it, on real servers: rows, positions and accounts arrive, and what is missing is a refusal. */

import * as assert from 'uvu/assert';
import { KINDS, backedUp, restoringPod, stored } from './harness/backups.ts';
import type { Pod } from './harness/pod.ts';
import { restorePair } from './harness/prepared.ts';
import { withRelease, type Release, type ReleaseOptions } from './harness/release.ts';
import { bucketShelf, folderShelf, type Shelf } from './harness/shelf.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { record } from './harness/volumes.ts';
import { until } from './harness/wait.ts';

const ROWS = `
  CREATE TABLE app.orders (id INT PRIMARY KEY AUTO_INCREMENT, word VARCHAR(200));
  INSERT INTO app.orders (word) VALUES ('one'), ('two');
  INSERT INTO app.orders (word) SELECT CONCAT('word ', id) FROM app.orders;
  CREATE DATABASE empty_one; CREATE USER shop@'%' IDENTIFIED BY 'Sh0p-word';`;

const SUM = 'CHECKSUM TABLE app.orders; SELECT COUNT(*) FROM app.orders;';
const POSITIONS = { mysql: 'SELECT @@GLOBAL.gtid_executed', mariadb: 'SELECT @@GLOBAL.gtid_current_pos' } as const;

/** Makes a shelf, uses it, and closes it. */
async function withShelf(make: () => Promise<Shelf>, use: (shelf: Shelf) => Promise<void>): Promise<void> {
  const shelf = await make();
  try {
    await use(shelf);
  } finally {
    await shelf.close();
  }
}

/** A primary with rows, and a replica that has them. */
async function pairWithRows(release: Release): Promise<{ readonly primary: Pod; readonly replica: Pod }> {
  const { primary, replica } = await restorePair(release);
  await sql(primary, ROWS);
  await replica.startReady();
  const rows = async (): Promise<boolean> => (await sql(replica, 'SELECT COUNT(*) FROM app.orders').catch(() => '')) === '4';
  await until('the rows are on the replica', rows);
  await release.setNames({ read: 1 });
  return { primary, replica };
}

/** Backs up a release, and begins another one from it with a replica of its own. */
async function roundTrip(options: ReleaseOptions, shelf: Shelf, secrets: Readonly<Record<string, string>>): Promise<void> {
  await withRelease(options, async (release) => {
    const { primary } = await pairWithRows(release);
    const sum = await sql(primary, SUM);
    const position = await sql(primary, POSITIONS[release.engine.family]);
    const id = await backedUp(release, shelf, { secrets });
    await sql(primary, 'DROP TABLE app.orders');
    assert.ok((await stored(release, shelf)).some((file) => file.endsWith(`${id}/manifest.json`)));
    await withRelease(options, (next) => beginFrom(release, next, { shelf, secrets, sum, position, id }));
  });
}

interface Expected {
  readonly shelf: Shelf;
  readonly secrets: Readonly<Record<string, string>>;
  readonly sum: string;
  readonly position: string;
  readonly id: string;
}

async function beginFrom(from: Release, release: Release, { shelf, secrets, sum, position, id }: Expected): Promise<void> {
  await release.setPassword('app', 'a-new-password');
  const pod = await restoringPod(release, from, shelf, { secrets });
  const { status, output } = await pod.run('init-mysql', {}, 120);
  assert.is(status, 0, output);
  assert.is(record(pod)['restored'], id);
  assert.is(record(pod)['generation'], '2');
  assert.is.not(record(pod)['cluster'], /the cluster (\w+), taken/.exec(output)?.[1]);
  await pod.startReady();
  assert.is(await sql(pod, SUM), sum);
  assert.is(await sql(pod, "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'empty_one'"), '1');
  assert.is(await sql(pod, 'SELECT id FROM mysql_sts.cluster'), record(pod)['cluster']);
  await isBeyond(pod, position);
  const replica = await release.pod(1);
  await replica.initialise();
  await replica.startReady();
  assert.is(await sql(replica, SUM), sum);
  await sql(pod, "INSERT INTO app.orders (word) VALUES ('after')");
  await until('the replica follows', async () => (await sql(replica, 'SELECT COUNT(*) FROM app.orders')) === '5');
}

/** What the old cluster had is there, and what the new one wrote has other names. */
async function isBeyond(pod: Pod, position: string): Promise<void> {
  const own = await sql(pod, POSITIONS[pod.release.engine.family]);
  if (pod.release.engine.family === 'mysql') {
    assert.is(await sql(pod, `SELECT GTID_SUBSET('${position.replaceAll('\n', '')}', @@GLOBAL.gtid_executed)`), '1');
    return;
  }
  assert.match(own, /^0-200-\d+$/);
  assert.ok(Number(own.split('-')[2]) > Number(position.split('-')[2]), `${own} is not beyond ${position}`);
}

const SHELVES = { folder: folderShelf, bucket: bucketShelf } as const;

function roundTrips(options: ReleaseOptions): readonly Row[] {
  return (['folder', 'bucket'] as const).map((kind) => ({
    name: `${options.engine} by ${options.method} to a ${kind}${kind === 'bucket' ? ', encrypted' : ''}, and a release begins from it`,
    run: () =>
      withShelf(SHELVES[kind], (shelf) =>
        roundTrip(options, shelf, kind === 'bucket' ? { 'encryption-password': 'a long "password" for backups' } : {}),
      ),
  }));
}

/** MySQL 5.7 with the oldest shell of all images; its copy is made by the stand-in for XtraBackup, which has no server to prove it. */
const OLDEST = roundTrips({ engine: 'mysql-5.7', method: 'xtrabackup' }).slice(0, 1);

table('backup and restore', [...KINDS.flatMap(roundTrips), ...OLDEST], { parallel: 2 });
