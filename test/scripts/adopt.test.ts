/** adopt.sh: a data directory of MySQL 5.7 that was made as the tutorial makes it becomes the primary's instance. */

import { chown, mkdir, rename, rm } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import { ISLAND_ROOT } from './harness/island.ts';
import type { Pod } from './harness/pod.ts';
import { PASSWORDS, withRelease, type Release } from './harness/release.ts';
import { startShell } from './harness/shell.ts';
import { sql, sqlAs } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { entries, exists, record } from './harness/volumes.ts';

const MYSQL = { engine: 'mysql-5.7', method: 'xtrabackup', environment: { ADOPT_FOLDER: 'mysql' } } as const;

/** Ends the old server as a machine does that loses its power, so that its log is needed. */
const OLD_SERVER = `
  data=/var/lib/mysql/mysql socket=/tmp/old.sock
  mysqld --no-defaults --initialize-insecure --datadir="$data" 2> /tmp/old.log
  mysqld --no-defaults --datadir="$data" --socket="$socket" --log-bin --server-id=100 2>> /tmp/old.log &
  server=$!
  for ((i = 0; i < 300; i++)); do
    if mysql --no-defaults --socket="$socket" --user=root --execute='SELECT 1' > /tmp/answer 2>&1; then break; fi
    sleep 0.2
  done
  mysql --no-defaults --socket="$socket" --user=root
  kill -KILL "$server"
  wait "$server" || true
`;

const ROWS = `
  CREATE USER root@'%' IDENTIFIED BY ''; GRANT ALL PRIVILEGES ON *.* TO root@'%' WITH GRANT OPTION;
  CREATE USER ''@'10.%' IDENTIFIED BY ''; CREATE USER shop@'%' IDENTIFIED BY 'shop''s';
  CREATE DATABASE shop; GRANT ALL PRIVILEGES ON shop.* TO shop@'%';
  CREATE TABLE shop.orders (id INT PRIMARY KEY, word VARCHAR(20)); INSERT INTO shop.orders VALUES (1, 'one'), (2, 'two');
  CREATE TABLE shop.old (id INT PRIMARY KEY) ENGINE = MyISAM; INSERT INTO shop.old VALUES (7);
`;
const VIEW = "CREATE DEFINER = root@'%' VIEW shop.words AS SELECT word FROM shop.orders;";

/** A primary's volume as an earlier set-up leaves it. */
async function oldVolume(release: Release, statements = ROWS): Promise<Pod> {
  const pod = await release.pod(0);
  startShell(pod);
  const { status, output } = await pod
    .container('shell')
    .exec(['bash', '-Eeuo', 'pipefail', '-c', OLD_SERVER], { input: statements, seconds: 90 });
  await pod.container('shell').kill();
  assert.is(status, 0, output);
  assert.equal(entries(pod), ['mysql']);
  return pod;
}

async function checkData(pod: Pod): Promise<void> {
  assert.is(await sql(pod, 'SELECT GROUP_CONCAT(word ORDER BY id) FROM shop.orders; SELECT id FROM shop.old;'), 'one,two\n7');
  assert.is(await sql(pod, 'SELECT COUNT(*) FROM mysql_sts.cluster;'), '1');
  assert.is(await sql(pod, 'SELECT id FROM mysql_sts.cluster;'), record(pod)['cluster']);
}

async function checkAdopted(pod: Pod): Promise<void> {
  assert.equal(entries(pod), ['instance']);
  assert.is(record(pod)['engine'], 'mysql-5.7');
  assert.is(record(pod)['version'], '5.7.22');
  assert.is(pod.release.api.claims.get('data-db-0')?.['mysql-sts/holds-data'], record(pod)['cluster']);
  await pod.startReady();
  await checkData(pod);
}

function row(name: string, run: (release: Release) => Promise<void>): Row {
  return { name, run: () => withRelease(MYSQL, run) };
}

async function adoptOnce(release: Release): Promise<void> {
  const pod = await oldVolume(release);
  const { status, output } = await pod.run('init-mysql', {}, 120);
  assert.is(status, 0, output);
  assert.match(output, "the account 'root'@'%' is gone");
  assert.match(output, 'the binary logs db-0-bin.* are gone, since replicas of this release cannot use them');
  await checkAdopted(pod);
  assert.is(await sql(pod, 'SELECT @@GLOBAL.gtid_mode;'), 'ON');
  assert.match(await sql(pod, 'SHOW BINARY LOGS;'), /^binlog\.000001\t/);
  assert.not.ok(exists(pod, 'instance', 'data', 'db-0-bin.000001'), 'an old log stayed');
  await checkAccounts(pod);
}

async function checkAccounts(pod: Pod): Promise<void> {
  const accounts = await sql(pod, "SELECT CONCAT(user, '@', host) FROM mysql.user WHERE user NOT LIKE 'mysql.%' ORDER BY 1;");
  const own = ['app@%', 'clone@%', 'clone@localhost', 'monitor@localhost', 'mysql_sts_agent@localhost', 'replication@%', 'root@localhost'];
  assert.equal(accounts.split('\n').sort(), [...own, 'shop@%'].sort());
  assert.is((await sqlAs(pod, { user: 'root', password: '' }, 'SELECT 1;')).status, 1);
  assert.is((await sqlAs(pod, { user: 'root', password: PASSWORDS.root }, 'SELECT 1;')).output, '1\n');
  const shop = { user: 'shop', password: "shop's", host: 'db-0.db', options: ['--ssl-mode=DISABLED'] };
  assert.is((await sqlAs(pod, shop, 'SELECT id FROM shop.old;')).output, '7\n');
}

async function lockDefiner(release: Release): Promise<void> {
  const pod = await oldVolume(release, ROWS + VIEW);
  const { status, output } = await pod.run('init-mysql', {}, 120);
  assert.is(status, 0, output);
  assert.match(output, "the account 'root'@'%' is locked: views or routines run in its name");
  await pod.startReady();
  assert.is(await sql(pod, 'SELECT COUNT(*) FROM shop.words;'), '2');
  const login = { user: 'root', password: '', host: 'db-0.db', options: ['--ssl-mode=DISABLED'] };
  assert.is((await sqlAs(pod, login, 'SELECT 1;')).status, 1);
}

/** Stops that the next start must go on from, each with where it is caught. */
async function goOn(release: Release, interrupt: (pod: Pod) => Promise<void>): Promise<void> {
  const pod = await oldVolume(release);
  await interrupt(pod);
  const { status, output } = await pod.run('init-mysql', {}, 120);
  assert.is(status, 0, output);
  await checkAdopted(pod);
}

async function killedAfter(pod: Pod, words: string): Promise<void> {
  const container = pod.start('init-mysql');
  await container.says(words, { seconds: 60 });
  await container.kill();
}

/** As adopt.sh leaves it between its last two renames: the API did not take the annotation. */
async function unpublished(pod: Pod): Promise<void> {
  pod.release.api.disturb = ({ method }) => (method === 'PATCH' ? 500 : 'none');
  const { status, message } = await pod.run('init-mysql', {}, 120);
  assert.is(status, 1);
  assert.match(message, /could not be annotated .*The data is ready in the folder adopted/);
  assert.equal(entries(pod), ['adopted']);
  pod.release.api.disturb = () => 'none';
}

async function refused(release: Release, arrange: (pod: Pod) => Promise<void>, sentence: RegExp): Promise<void> {
  const pod = await release.pod(0);
  await arrange(pod);
  const { status, message } = await pod.run('init-mysql');
  assert.is(status, 1);
  assert.match(message, sentence, message);
  assert.not.ok(exists(pod, 'instance'), 'an instance was made');
}

const folderOf = (pod: Pod): string => pod.path('volume', 'mysql');

table(
  'adopt',
  [
    row('the data is taken over with its rows, GTIDs are on, open accounts and old logs are gone', adoptOnce),
    row('an open account in whose name a view runs is locked', lockDefiner),
    row('killed while the old log is settled', (release) => goOn(release, (pod) => killedAfter(pod, 'taking over the data directory'))),
    row('killed after the old logs are gone', (release) => goOn(release, (pod) => killedAfter(pod, 'are gone, since replicas'))),
    row('stopped before the last rename', (release) => goOn(release, unpublished)),
    row('killed between record and rename', (release) =>
      goOn(release, async (pod) => {
        await unpublished(pod);
        await rename(pod.path('volume', 'adopted', 'data'), folderOf(pod));
      }),
    ),
    row('a volume without the folder is refused', (release) =>
      refused(
        release,
        () => Promise.resolve(),
        /^The primary's volume has no data directory in a folder mysql, .*Nothing is initialised\./,
      ),
    ),
    row('a folder that holds no data directory is refused', (release) =>
      refused(
        release,
        async (pod) => {
          await mkdir(folderOf(pod));
          await chown(folderOf(pod), 999, 999);
        },
        /^The primary's volume has no data directory in a folder mysql/,
      ),
    ),
    row('data that the server cannot write is refused', (release) =>
      refused(
        release,
        async (pod) => {
          await oldVolume(release);
          await release.island.run('chown', '--recursive', '0:0', `${ISLAND_ROOT}/${release.name}/${pod.name}/volume/mysql`);
        },
        /^The data directory in the folder mysql belongs to 0:0 and user 999 cannot write to it\. .*chown -R 999:999/,
      ),
    ),
    row('data of which a claim knows is a loss, not a take-over', (release) =>
      refused(
        release,
        async (pod) => {
          await rm(folderOf(pod), { recursive: true, force: true });
          release.api.claims.set('data-db-1', { 'mysql-sts/holds-data': '0123456789abcdef0123456789abcdef' });
        },
        /^The primary's volume is empty, but data of this release exists/,
      ),
    ),
  ],
  { parallel: 2 },
);
