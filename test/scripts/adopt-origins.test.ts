/** Data directories as other charts and images leave them become the primary's instance, with their rows, and replicas are cloned from it. */

import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { OLD_ROOT, giveVolume, restoreOld, type OldServer } from './harness/old-volumes.ts';
import type { Pod } from './harness/pod.ts';
import { defaultMethod } from './harness/prepared.ts';
import { PASSWORDS, withRelease } from './harness/release.ts';
import { sql, sqlAs } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { entries, exists, record } from './harness/volumes.ts';

interface TakeOver {
  readonly old: OldServer;
  readonly engine: EngineName;
  /** What the log of init-mysql says of this one. */
  readonly says: readonly RegExp[];
  /** Brings a second pod up, too. */
  readonly replica?: true;
  /** What else is done to the volume, or seen on it. */
  readonly before?: (pod: Pod) => Promise<void>;
  readonly after?: (pod: Pod) => Promise<void>;
}

const BITNAMI: OldServer = { engine: 'mysql-9.7', image: 'bitnami', role: 'standalone', end: 'stopped', folder: 'data' };
const OFFICIAL: OldServer = { ...BITNAMI, image: 'official', folder: '.' };
const SHOP =
  'SELECT COUNT(*), SUM(id), COUNT(DISTINCT word) FROM shop.orders; SELECT COUNT(*) FROM shop.orders WHERE CONVERT(word USING utf8mb4) = SHA2(id, 256);';
const SHOP_ANSWER = '500\t124750\t500\n500';

async function checkServer(pod: Pod): Promise<void> {
  assert.equal(
    entries(pod).filter((name) => name !== 'db'),
    ['instance'],
  );
  assert.is(record(pod)['engine'], pod.release.engine.name);
  assert.is(pod.release.api.claims.get('data-db-0')?.['mysql-sts/holds-data'], record(pod)['cluster']);
  assert.is(await sql(pod, SHOP), SHOP_ANSWER);
  assert.match(await sql(pod, 'SHOW BINARY LOGS;'), /^binlog\.000001\t/);
  const mysql = pod.release.engine.family === 'mysql';
  assert.is(await sql(pod, mysql ? 'SELECT @@GLOBAL.gtid_mode;' : 'SELECT @@GLOBAL.gtid_strict_mode;'), mysql ? 'ON' : '1');
  assert.is(await sql(pod, `SELECT COUNT(*) FROM mysql.user WHERE user = 'root' AND host <> 'localhost';`), '0');
  for (const name of ['mysql-bin.000001', 'mysql-bin.index', 'mysql-relay-bin.000001', 'master.info'])
    assert.not.ok(exists(pod, 'instance', 'data', name), `${name} stayed`);
}

async function checkLogins(pod: Pod): Promise<void> {
  assert.is((await sqlAs(pod, { user: 'root', password: OLD_ROOT }, 'SELECT 1;')).status, 1);
  assert.is((await sqlAs(pod, { user: 'root', password: PASSWORDS.root }, 'SELECT 1;')).output, '1\n');
  assert.is((await sqlAs(pod, { user: 'shop', password: "shop's" }, 'SELECT COUNT(*) FROM shop.orders;')).output, '500\n');
  assert.is((await sqlAs(pod, { user: 'app', password: PASSWORDS.app }, 'SELECT 1;')).output, '1\n');
}

async function checkReplica(primary: Pod): Promise<void> {
  const replica = await primary.release.pod(1);
  await replica.initialise();
  await replica.startReady();
  assert.is(await sql(replica, SHOP), SHOP_ANSWER);
  const writer = { user: 'shop', password: "shop's" };
  assert.is((await sqlAs(primary, writer, "INSERT INTO shop.orders VALUES (500, 'new');")).status, 0);
  await replica.ready();
  const position = primary.release.engine.family === 'mysql' ? '@@GLOBAL.gtid_executed' : '@@GLOBAL.gtid_current_pos';
  assert.is(await sql(replica, `SELECT ${position};`), await sql(primary, `SELECT ${position};`));
}

async function answers(pod: Pod, query: string, answer: string): Promise<void> {
  assert.is(await sql(pod, query), answer);
}

async function takeOver(pod: Pod, { old, says, replica, before, after }: TakeOver): Promise<void> {
  await restoreOld(pod, old);
  await before?.(pod);
  const { status, output } = await pod.run('init-mysql', {}, 120);
  assert.is(status, 0, output);
  for (const sentence of says) assert.match(output, sentence, output);
  await pod.startReady();
  await checkServer(pod);
  await checkLogins(pod);
  if (replica) await checkReplica(pod);
  await after?.(pod);
}

function row(name: string, one: TakeOver): Row {
  const release = { engine: one.engine, method: defaultMethod(one.engine), environment: { ADOPT_FOLDER: one.old.folder } } as const;
  return {
    name: `${one.engine} from ${one.old.engine}: ${name}`,
    run: () => withRelease(release, async (made) => takeOver(await made.pod(0), one)),
  };
}

const ROOT_GONE = /the account 'root'@'%' is gone/;

table(
  'adopt-origins',
  [
    row("Bitnami's replication primary, killed; a replica is cloned", {
      engine: 'mysql-9.7',
      old: { ...BITNAMI, role: 'primary', end: 'killed' },
      says: [
        ROOT_GONE,
        /mysql 9\.7\.\d+ fits/,
        /the binary logs mysql-bin\.\* are gone/,
        /the account 'replicator'@'%' may read the binary log/,
      ],
      replica: true,
      // As the kubelet leaves the files of another user for the pod's fsGroup.
      before: (pod) => giveVolume(pod, '1001:999').then(() => groupMayWrite(pod)),
    }),
    row("an official image's volume with settings that SET PERSIST left", {
      engine: 'mysql-9.7',
      old: { ...OFFICIAL, statements: "SET PERSIST super_read_only = OFF, PERSIST max_connections = 77; CREATE USER nobody@'%';" },
      says: [ROOT_GONE, /no longer in force: max_connections super_read_only /, /'nobody'@'%' has no password/],
      after: (pod) => answers(pod, 'SELECT @@GLOBAL.max_connections;', '151'),
    }),
    row("Bitnami's secondary", {
      engine: 'mysql-8.0',
      old: { ...BITNAMI, engine: 'mysql-8.0', role: 'secondary' },
      says: [ROOT_GONE, /was a replica of shop-primary: its settings and relay logs go/],
      after: (pod) => answers(pod, 'SHOW REPLICA STATUS;', ''),
    }),
    row("an official image's data in a sub-path is raised", {
      engine: 'mysql-8.0',
      old: { ...OFFICIAL, engine: 'mysql-5.7', folder: 'db/data' },
      says: [ROOT_GONE, /mysql 5\.7\.22 fits/],
      after: (pod) => answers(pod, "SELECT VERSION() LIKE '8.0.%';", '1'),
    }),
    row("Bitnami's replication primary, killed; a replica is cloned", {
      engine: 'mariadb-11.8',
      old: { ...BITNAMI, engine: 'mariadb-11.8', role: 'primary', end: 'killed' },
      says: [ROOT_GONE, /the binary logs mysql-bin\.\* are gone/, /'replicator'@'%' may read the binary log/],
      replica: true,
    }),
    row("Bitnami's secondary is raised", {
      engine: 'mariadb-11.8',
      old: { ...BITNAMI, engine: 'mariadb-10.11', role: 'secondary' },
      says: [ROOT_GONE, /mariadb 10\.11\.\d+ fits/, /was a replica of shop-primary/],
      after: (pod) => answers(pod, 'SHOW REPLICA STATUS;', ''),
    }),
    row("CloudPirates' volume, killed", {
      engine: 'mariadb-10.11',
      old: { ...OFFICIAL, engine: 'mariadb-10.11', end: 'killed' },
      says: [ROOT_GONE],
    }),
  ],
  { parallel: 2 },
);

async function groupMayWrite(pod: Pod): Promise<void> {
  await pod.release.island.run('chmod', '--recursive', 'g+rwX', pod.islandPath('volume'));
}
