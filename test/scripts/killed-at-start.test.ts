/**
 * A server that is killed with a transaction in its binary log and not yet in its tables, and once more while it recovers: its
 * GTIDs and its rows still agree. The moment in which they could part is the birth of the new binary log, which does not yet tell
 * what came before.
 */

import { readdirSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { holdCommits } from './harness/disturbances.ts';
import { settled, startPasses, type Passes } from './harness/passes.ts';
import type { Pod } from './harness/pod.ts';
import { sql, sqlAs } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { until } from './harness/wait.ts';

const ROWS = 'SELECT COUNT(*), MAX(id) FROM app.t';

/** What every binary log of MySQL begins with. */
const FORMAT_BYTES = 127;

const binlogs = (pod: Pod): readonly string[] => readdirSync(data(pod)).filter((name) => /^binlog\.\d+$/.test(name)).sort();

const data = (pod: Pod): string => pod.path('volume', 'instance', 'data');

/** Starts the server and kills it as soon as it has made its new binary log. */
async function dieAtBirth(pod: Pod): Promise<void> {
  const before = binlogs(pod).length;
  const server = pod.start('mysql');
  while (server.running && binlogs(pod).length === before) await setImmediate();
  assert.is(server.signal('SIGKILL'), 1, server.tail);
  await server.end();
  const newest = binlogs(pod).at(-1) ?? '';
  if (pod.release.engine.family === 'mysql') assert.is(statSync(`${data(pod)}/${newest}`).size, FORMAT_BYTES, 'it does not tell what came before');
}

/** Kills a server in both moments, and sees that it counts what its tables have. */
async function killTwice(pod: Pod, { primary }: Passes): Promise<void> {
  await sql(pod, `SET GLOBAL ${pod.release.engine.options.readOnly} = OFF`);
  await holdCommits(pod);
  const write = sqlAs(primary, { user: 'root', password: pod.release.passwords.root }, 'INSERT INTO app.t VALUES ()');
  const waiting = "SELECT COUNT(*) FROM information_schema.processlist WHERE state LIKE 'Waiting for semi-sync%'";
  await until('the row waits between binary log and table', async () => Number(await sql(pod, waiting)) > 0);
  await pod.container('mysql').kill();
  await write;
  await dieAtBirth(pod);
  await pod.startServer();
}

async function check(engine: EngineName): Promise<void> {
  const passes = await startPasses(engine);
  const { primary, replica } = passes;
  try {
    for (const pod of [replica, primary]) {
      await killTwice(pod, passes);
      await primary.ready();
      await sql(primary, 'INSERT INTO app.t VALUES ()');
      await settled(passes);
      assert.is(await sql(replica, ROWS), await sql(primary, ROWS), `the ${pod.ordinal === 0 ? 'primary' : 'replica'} was killed`);
    }
  } finally {
    await passes.release.remove();
  }
}

const ENGINES = ['mysql-9.7', 'mariadb-11.8'] as const satisfies readonly EngineName[];
const rows: readonly Row[] = ENGINES.map((engine) => ({ name: `${engine}: a replica, and the primary`, run: () => check(engine) }));

table('killed while it recovers', rows, { parallel: 2 });
