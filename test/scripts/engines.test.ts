/**
 * Every engine that can be had, on its real server: the settings that the design stands on, the accounts, and a replica that is
 * cloned by each of the engine's methods and follows. MySQL's XtraBackup is a STAND-IN, and MySQL 5.7's client, too.
 */

import * as assert from 'uvu/assert';
import { ENGINES, type CloneMethod, type EngineName } from '../../schema/engines.ts';
import { TESTABLE_ENGINES } from '../cluster/images/recipes.ts';
import { positionSql } from '../support/position.ts';
import { startPrimary } from './harness/prepared.ts';
import { withRelease, type Release } from './harness/release.ts';
import { sql, sqlAs } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { record } from './harness/volumes.ts';
import { until } from './harness/wait.ts';

/** What SHOW VARIABLES must say on every primary, by the names that all engines know. */
const SETTINGS: Readonly<Record<string, string>> = {
  server_id: '100',
  log_bin: 'ON',
  binlog_format: 'ROW',
  sync_binlog: '1',
  innodb_flush_log_at_trx_commit: '1',
  port: '3306',
  skip_name_resolve: 'ON',
  read_only: 'OFF',
};

/** The same for what has a name of the engine's own. The server does not show whether it was told to do without mysqlx. */
function ownSettings({ engine }: Release): Readonly<Record<string, string>> {
  const { options } = engine;
  const assignments = [...options.gtid, ...options.closed.filter((setting) => !setting.startsWith('mysqlx='))];
  return {
    [options.logReplicaUpdates]: 'ON',
    [options.replicaNetTimeout]: '10',
    [options.binlogRetention]: String((7 * 86400) / options.binlogRetentionUnit),
    ...Object.fromEntries(assignments.map((setting) => setting.split('=') as [string, string])),
  };
}

async function checkSettings(release: Release): Promise<void> {
  const pod = await startPrimary(release);
  const rows = (await sql(pod, 'SHOW GLOBAL VARIABLES;')).split('\n').map((line) => line.split('\t'));
  const shown = new Map(rows.map(([name = '', value = '']) => [name, value]));
  for (const [name, value] of Object.entries({ ...SETTINGS, ...ownSettings(release) })) assert.is(shown.get(name), value, name);
  const { replication, app } = release.passwords;
  const login = { user: 'replication', password: replication, host: 'db-0.db' };
  const plain = release.engine.family === 'mysql' ? ['--ssl-mode=DISABLED'] : ['--skip-ssl'];
  assert.is((await sqlAs(pod, login, 'SELECT 1;')).status, 0, 'replication over TLS');
  assert.is.not((await sqlAs(pod, { ...login, options: plain }, 'SELECT 1;')).status, 0, 'replication needs TLS');
  const written = await sqlAs(pod, { user: 'app', password: app, host: 'db-primary' }, 'CREATE TABLE app.t (a INT PRIMARY KEY);');
  assert.is(written.status, 0, written.output);
  assert.is(await sql(pod, "SELECT CONVERT_TZ('2024-07-01 12:00:00', 'UTC', 'Europe/Berlin');"), '2024-07-01 14:00:00');
}

async function position(release: Release, ordinal: number): Promise<string> {
  return sql(await release.pod(ordinal), `SELECT ${positionSql(release.engine)};`);
}

async function checkReplica(release: Release): Promise<void> {
  const primary = await startPrimary(release);
  const replica = await release.pod(1);
  await replica.initialise();
  assert.is(record(replica)['engine'], release.engine.name);
  await sql(primary, 'CREATE TABLE app.rows_of_a_test (a INT PRIMARY KEY); INSERT INTO app.rows_of_a_test VALUES (1), (2), (3);');
  await replica.startReady();
  await until('the replica has what the primary has', async () => (await position(release, 1)) === (await position(release, 0)));
  const checksum = 'CHECKSUM TABLE app.rows_of_a_test, mysql_sts.cluster, mysql_sts.accounts;';
  assert.is(await sql(replica, checksum), await sql(primary, checksum));
  assert.is(await sql(replica, `SELECT @@GLOBAL.${release.engine.options.readOnly};`), '1');
  const app = { user: 'app', password: release.passwords.app, host: 'db-1.db' };
  assert.is.not((await sqlAs(replica, app, 'INSERT INTO app.rows_of_a_test VALUES (4);')).status, 0, 'the replica takes no writes');
}

/** The server 8.0.31 that can be had is one without its CLONE plugin. */
function isToBeHad(engine: EngineName, method: CloneMethod): boolean {
  return !(engine === 'mysql-8.0' && method === 'plugin');
}

function row(engine: EngineName, method: CloneMethod, name: string, run: (release: Release) => Promise<void>): Row {
  return { name: `${engine}: ${name}`, run: () => withRelease({ engine, method }, run) };
}

function rowsOf(engine: EngineName): readonly Row[] {
  const methods = ENGINES.find(({ name }) => name === engine)?.cloneMethods ?? [];
  const [first, ...others] = methods.filter((method) => isToBeHad(engine, method));
  if (first === undefined) return [];
  return [
    row(engine, first, 'the settings that the design stands on', checkSettings),
    ...[first, ...others].map((method) => {
      const label = method === 'xtrabackup' ? `${method} (STAND-IN)` : method;
      return row(engine, method, `a replica cloned by ${label} follows`, checkReplica);
    }),
  ];
}

table('engines', TESTABLE_ENGINES.flatMap(rowsOf), { parallel: 2 });
