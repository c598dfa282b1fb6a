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

/** The server writes on while it is being killed, so one try may come too late. */
const TRIES = 8;

/** A server that starts reads the binary log that it wrote last; the longer that takes, the surer it is killed meanwhile. */
const LONG_LOG = Array.from({ length: 6 }, () => "INSERT INTO app.filler VALUES (REPEAT('x', 16000000));").join(' ');

const binlogs = (pod: Pod): readonly string[] =>
  readdirSync(data(pod))
    .filter((name) => /^binlog\.\d+$/.test(name))
    .sort();

const data = (pod: Pod): string => pod.path('volume', 'instance', 'data');

/** Starts the server and kills it as soon as it has made its new binary log. Returns whether that did not tell yet what came before. */
async function dieAtBirth(pod: Pod): Promise<boolean> {
  const before = binlogs(pod).length;
  const server = pod.start('mysql');
  while (server.running && binlogs(pod).length === before) await setImmediate();
  assert.is(server.signal('SIGKILL'), 1, server.tail);
  await server.end();
  const newest = binlogs(pod).at(-1) ?? '';
  return pod.release.engine.family !== 'mysql' || statSync(`${data(pod)}/${newest}`).size === FORMAT_BYTES;
}

/** Kills a server in both moments. Returns whether the second one was hit. */
async function killTwice(pod: Pod, { primary }: Passes): Promise<boolean> {
  await sql(pod, `SET GLOBAL ${pod.release.engine.options.readOnly} = OFF`);
  await holdCommits(pod);
  const write = sqlAs(primary, { user: 'root', password: pod.release.passwords.root }, 'INSERT INTO app.t VALUES ()');
  const waiting = "SELECT COUNT(*) FROM information_schema.processlist WHERE state LIKE 'Waiting for semi-sync%'";
  await until('the row waits between binary log and table', async () => Number(await sql(pod, waiting)) > 0);
  await pod.container('mysql').kill();
  await write;
  const hit = await dieAtBirth(pod);
  await pod.startServer();
  return hit;
}

/** What holds after each try: the server counts what its tables have. */
async function checkOnce(pod: Pod, passes: Passes): Promise<boolean> {
  const { primary, replica } = passes;
  await sql(primary, LONG_LOG);
  await settled(passes);
  const hit = await killTwice(pod, passes);
  await primary.ready();
  await sql(primary, 'INSERT INTO app.t VALUES ()');
  await settled(passes);
  assert.is(await sql(replica, ROWS), await sql(primary, ROWS), `the ${pod.ordinal === 0 ? 'primary' : 'replica'} was killed`);
  return hit;
}

async function check(engine: EngineName): Promise<void> {
  const passes = await startPasses(engine);
  const { primary, replica } = passes;
  try {
    await sql(primary, 'CREATE TABLE app.filler (bytes LONGBLOB)');
    for (const pod of [replica, primary]) {
      let tries = 1;
      while (!(await checkOnce(pod, passes))) {
        tries += 1;
        assert.ok(tries <= TRIES, `the new binary log had never just been born when the server of ${pod.ordinal} died`);
      }
    }
  } finally {
    await passes.release.remove();
  }
}

const ENGINES = ['mysql-9.7', 'mariadb-11.8'] as const satisfies readonly EngineName[];
const rows: readonly Row[] = ENGINES.map((engine) => ({ name: `${engine}: a replica, and the primary`, run: () => check(engine) }));

table('killed while it recovers', rows, { parallel: 2 });
