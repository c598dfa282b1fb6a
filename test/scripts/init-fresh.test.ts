/** init-mysql.sh on the first start of a primary: what comes into being, and what every later start makes of it. */

import { readdirSync } from 'node:fs';
import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { until } from './harness/wait.ts';
import { defaultMethod, preparedPrimary, restorePrimary, startPrimary } from './harness/prepared.ts';
import { project } from './harness/projected.ts';
import { withRelease, type Release } from './harness/release.ts';
import { sql, sqlAs } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { entries, exists, fingerprint, record } from './harness/volumes.ts';

const ENGINES: readonly EngineName[] = ['mysql-9.7', 'mariadb-11.8'];

/** Accounts that a server has when it is ready, without those that it keeps for itself and that nobody can log in to. */
const ACCOUNTS = [
  'app@%',
  'clone@%',
  'clone@localhost',
  'monitor@localhost',
  'mysql_sts_agent@localhost',
  'replication@%',
  'root@localhost',
];

/** Privileges as the server lists them, without passwords and quotes. What is not here, the account must not have. */
const GRANTS: Readonly<Record<'mysql' | 'mariadb', Readonly<Record<string, readonly string[]>>>> = {
  mysql: {
    'app@%': ['GRANT USAGE ON *.* TO app@%', 'GRANT ALL PRIVILEGES ON app.* TO app@%'],
    'replication@%': ['GRANT REPLICATION SLAVE ON *.* TO replication@%', 'GRANT SELECT ON mysql_sts.cluster TO replication@%'],
    'monitor@localhost': ['GRANT PROCESS, REPLICATION CLIENT ON *.* TO monitor@localhost'],
    'clone@%': [
      'GRANT RELOAD, PROCESS, LOCK TABLES, REPLICATION CLIENT ON *.* TO clone@%',
      'GRANT BACKUP_ADMIN ON *.* TO clone@%',
      'GRANT SELECT ON mysql_sts.cluster TO clone@%',
      'GRANT SELECT ON mysql_sts.uncloneable_tables TO clone@%',
      'GRANT SELECT ON performance_schema.keyring_component_status TO clone@%',
      'GRANT SELECT ON performance_schema.log_status TO clone@%',
      'GRANT SELECT ON performance_schema.replication_group_members TO clone@%',
    ],
  },
  mariadb: {
    'app@%': ['GRANT USAGE ON *.* TO app@%', 'GRANT ALL PRIVILEGES ON app.* TO app@%'],
    'replication@%': ['GRANT REPLICATION SLAVE ON *.* TO replication@% REQUIRE SSL', 'GRANT SELECT ON mysql_sts.cluster TO replication@%'],
    'monitor@localhost': ['GRANT PROCESS, BINLOG MONITOR, SLAVE MONITOR ON *.* TO monitor@localhost'],
    'clone@%': [
      'GRANT RELOAD, PROCESS, LOCK TABLES, BINLOG MONITOR, SLAVE MONITOR ON *.* TO clone@% REQUIRE SSL',
      'GRANT SELECT ON mysql_sts.cluster TO clone@%',
    ],
  },
};

async function grantsOf(release: Release, account: string): Promise<readonly string[]> {
  const [user = '', host = ''] = account.split('@');
  const shown = await sql(await release.pod(0), `SHOW GRANTS FOR '${user}'@'${host}';`);
  return shown.split('\n').map((line) => line.replace(/ IDENTIFIED .*(?= REQUIRE)| IDENTIFIED .*$/, '').replaceAll(/[`'"]/g, ''));
}

function row(name: string, engine: EngineName, run: (release: Release) => Promise<void>): Row {
  return { name: `${engine}: ${name}`, run: () => withRelease({ engine, method: defaultMethod(engine) }, run) };
}

/** The accounts that exist, what each may do, and what the first start left of its own. */
async function checkAccounts(release: Release): Promise<void> {
  const pod = await startPrimary(release);
  const own = release.engine.family === 'mysql' ? "user NOT LIKE 'mysql.%'" : "user <> 'mariadb.sys'";
  const accounts = await sql(pod, `SELECT CONCAT(user, '@', host) FROM mysql.user WHERE ${own} ORDER BY 1;`);
  assert.equal(accounts.split('\n').sort(), ACCOUNTS);
  for (const [account, expected] of Object.entries(GRANTS[release.engine.family])) {
    assert.equal([...(await grantsOf(release, account))].sort(), [...expected].sort(), account);
  }
  await logins(release);
  assert.is(await sql(pod, "SELECT CONVERT_TZ('2024-07-01 12:00:00', 'UTC', 'Europe/Berlin');"), '2024-07-01 14:00:00');
  assert.is(await sql(pod, 'SELECT COUNT(*) FROM mysql_sts.cluster;'), '1');
  assert.is(await sql(pod, "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'test';"), '0');
}

function rowsOf(engine: EngineName): readonly Row[] {
  return [
    row('a fresh primary: one instance, its record, its annotation', engine, async (release) => {
      const { cluster } = await preparedPrimary(engine);
      const pod = await restorePrimary(release);
      assert.match(cluster, /^[0-9a-f]{32}$/);
      assert.equal(entries(pod), ['instance']);
      assert.is(record(pod)['engine'], engine);
      assert.match(record(pod)['version'] ?? '', /^\d+\.\d+\.\d+$/);
    }),
    row('the annotation is written before the rename', engine, async (release) => {
      const pod = await release.pod(0);
      let staged: readonly string[] = [];
      release.api.disturb = (call) => {
        if (call.method === 'PATCH') staged = entries(pod);
        return 'none';
      };
      await pod.initialise();
      assert.equal(staged, ['staging'], 'when the API was told, the instance had no name yet');
      assert.is(release.api.claims.get('data-db-0')?.['mysql-sts/holds-data'], record(pod)['cluster']);
      assert.equal(entries(pod), ['instance']);
    }),
    row('accounts: these and no others, with these privileges and no more', engine, checkAccounts),
    row('a restarted primary: nothing is written', engine, async (release) => {
      const pod = await restorePrimary(release);
      const before = await fingerprint(pod);
      const { status, output } = await pod.run('init-mysql');
      assert.is(status, 0, output);
      assert.match(output, 'the instance is there: cluster ');
      assert.is((await pod.run('clone-mysql')).status, 0);
      assert.is(await fingerprint(pod), before);
      assert.equal(release.api.paths('PATCH'), []);
    }),
  ];
}

/** What an earlier start has left behind. */
function interruptedRowsOf(engine: EngineName): readonly Row[] {
  return [
    row('a half-done staging folder is wiped', engine, async (release) => {
      const pod = await release.pod(0);
      const init = pod.start('init-mysql');
      await until('the data directory is begun', () => exists(pod, 'staging', 'data'));
      await init.kill();
      assert.equal(entries(pod), ['staging']);
      await release.island.run('touch', `/mnt/${release.name}/db-0/volume/staging/data/left-over`);
      await pod.initialise();
      assert.equal(entries(pod), ['instance']);
      assert.not.ok(exists(pod, 'instance', 'data', 'left-over'));
      await pod.startReady();
    }),
    row('killed between annotation and rename: published without initialising', engine, async (release) => {
      const pod = await restorePrimary(release);
      await release.island.run('mv', `/mnt/${release.name}/db-0/volume/instance`, `/mnt/${release.name}/db-0/volume/staging`);
      const before = record(pod, 'staging');
      const { status, output } = await pod.run('init-mysql');
      assert.is(status, 0, output);
      assert.not.match(output, 'creating the data directory');
      assert.equal(entries(pod), ['instance']);
      assert.equal(record(pod), before);
    }),
    row('staged, and the API refuses the annotation: nothing gets its name until it does not', engine, async (release) => {
      const pod = await restorePrimary(release);
      await release.island.run('mv', `/mnt/${release.name}/db-0/volume/instance`, `/mnt/${release.name}/db-0/volume/staging`);
      release.api.disturb = (call) => (call.method === 'PATCH' ? 500 : 'none');
      const refused = await pod.run('init-mysql');
      assert.is(refused.status, 1);
      assert.match(refused.message, /^Claim data-db-0 could not be annotated \(Kubernetes API status 500\)/);
      assert.equal(entries(pod), ['staging']);
      release.api.disturb = () => 'none';
      await pod.initialise();
      assert.equal(entries(pod), ['instance']);
    }),
  ];
}

/** Who can log in over the network with what. */
async function logins(release: Release): Promise<void> {
  const pod = await release.pod(0);
  const app = { user: 'app', password: release.passwords.app, host: 'db-primary' };
  const written = await sqlAs(pod, app, 'CREATE TABLE app.t (a INT PRIMARY KEY); INSERT INTO app.t VALUES (7); SELECT a FROM app.t;');
  assert.is(written.status, 0, written.output);
  assert.match(written.output, /^7$/m);
  assert.is.not((await sqlAs(pod, app, 'SELECT * FROM mysql_sts.cluster;')).status, 0, 'app sees its own database only');
  for (const user of ['app', 'clone', 'monitor', 'replication', 'root', 'mysql_sts_agent', '']) {
    for (const host of [undefined, '127.0.0.1', 'db-0.db']) {
      const login = host === undefined ? { user, password: '' } : { user, password: '', host };
      const { status, errors } = await sqlAs(pod, login, 'SELECT 1;');
      assert.is.not(status, 0, `${user} logs in without a password (${host ?? 'socket'})`);
      assert.match(errors, /Access denied|not allowed to connect/, `${user} at ${host ?? 'the socket'}`);
    }
  }
  const plain = release.engine.family === 'mysql' ? ['--ssl-mode=DISABLED'] : ['--skip-ssl'];
  for (const user of ['replication', 'clone'] as const) {
    const login = { user, password: release.passwords[user], host: 'db-0.db' };
    assert.is.not((await sqlAs(pod, { ...login, options: plain }, 'SELECT 1;')).status, 0, `${user} needs TLS`);
    assert.is((await sqlAs(pod, login, 'SELECT 1;')).status, 0, `${user} over TLS`);
  }
}

/** Whoever deletes every claim means it: nothing of the old cluster is looked for. */
const STARTED_OVER = row('all claims are deleted on purpose: another cluster begins', 'mariadb-11.8', async (release) => {
  const pod = await restorePrimary(release);
  const old = record(pod)['cluster'];
  await release.island.run('rm', '-r', `/mnt/${release.name}/db-0/volume/instance`);
  for (const claim of ['data-db-0', 'data-db-1']) release.api.claims.set(claim, { 'mysql-sts/holds-data': String(old) });
  assert.match((await pod.run('init-mysql')).message, /To start over on purpose, delete all claims of the release first/);
  release.api.claims.delete('data-db-1');
  release.api.claims.set('data-db-0', {});
  await pod.initialise();
  assert.equal(entries(pod), ['instance']);
  assert.is.not(record(pod)['cluster'], old);
});

const TUTORIAL_LINES = row("the tutorial's own lines leave no logs without GTIDs", 'mysql-5.7', async (release) => {
  const pod = await release.pod(0);
  await project(pod.path('config'), {
    'common.cnf': '',
    'primary.cnf': '[mysqld]\nlog-bin\n',
    'replica.cnf': '[mysqld]\nsuper-read-only\n',
  });
  await pod.initialise();
  const logs = readdirSync(pod.path('volume', 'instance', 'data')).filter((name) => /bin.*\.(index|\d+)$/.test(name));
  assert.equal([...logs].sort(), ['binlog.000001', 'binlog.index']);
});

const ROWS = ENGINES.flatMap((engine) => [...rowsOf(engine), ...interruptedRowsOf(engine)]);

table('init-mysql, first start', [...ROWS, STARTED_OVER, TUTORIAL_LINES], { parallel: 2 });
