/** What a migration of an application does with the account that the chart made for it: tables, triggers, functions. */

import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { defaultMethod, startPrimary } from './harness/prepared.ts';
import { withRelease, type Release } from './harness/release.ts';
import { sql, sqlAs } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';

const ENGINES: readonly EngineName[] = ['mysql-5.7', 'mysql-8.0', 'mysql-9.7', 'mariadb-11.8'];

const MIGRATION = `
  CREATE TABLE t (id INT PRIMARY KEY); CREATE TABLE log (what TEXT);
  CREATE TRIGGER after_t AFTER INSERT ON t FOR EACH ROW INSERT INTO log VALUES ('seen');
  CREATE FUNCTION first_id() RETURNS INT DETERMINISTIC RETURN 1;
  INSERT INTO t VALUES (first_id());`;

async function migrate(release: Release): Promise<{ readonly status: number | null; readonly errors: string }> {
  const pod = await startPrimary(release);
  return sqlAs(pod, { user: 'app', password: release.passwords.app, options: ['--database=app'] }, MIGRATION);
}

async function works(release: Release): Promise<void> {
  const { status, errors } = await migrate(release);
  assert.is(status, 0, errors);
  const pod = await release.pod(0);
  assert.is(await sql(pod, 'SELECT what FROM app.log;'), 'seen');
  // The reason why the server's caution serves nothing here: what reaches replicas is the rows themselves.
  assert.is(await sql(pod, 'SELECT @@GLOBAL.binlog_format;'), 'ROW');
}

async function isRefused(release: Release): Promise<void> {
  const { status, errors } = await migrate(release);
  assert.is.not(status, 0);
  assert.match(errors, 'ERROR 1419 (HY000)');
}

async function isSetByTheConfiguration(release: Release): Promise<void> {
  await (await release.pod(0)).configure('[mysqld]\nlog_bin_trust_function_creators = OFF\n');
  await isRefused(release);
}

function row(
  engine: EngineName,
  name: string,
  environment: Readonly<Record<string, string>>,
  run: (release: Release) => Promise<void>,
): Row {
  return { name: `${engine}: ${name}`, run: () => withRelease({ engine, method: defaultMethod(engine), environment }, run) };
}

const rows: readonly Row[] = [
  ...ENGINES.map((engine) => row(engine, "the application's account makes a trigger and a function", {}, works)),
  ...(['mysql-9.7', 'mariadb-11.8'] as const).map((engine) =>
    row(engine, 'config.trustFunctionCreators: false refuses both', { TRUST_FUNCTION_CREATORS: 'false' }, isRefused),
  ),
  row('mysql-9.7', 'a line of config.common has the last word', {}, isSetByTheConfiguration),
];

table('migrations', rows, { parallel: 2 });
