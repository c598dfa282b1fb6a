/**
 * Rows that reach the primary without its binary log, while clients write. What GTIDs show is noticed within a minute, and mended by a copy;
 * the rows below say as well what they do not show. The rows of an engine share one release, one after the other.
 */

import * as assert from 'uvu/assert';
import { setTimeout as pause } from 'node:timers/promises';
import { pass, replicating, settled, startPasses, type Passes } from './harness/passes.ts';
import { withFunctions } from './harness/shell.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { until } from './harness/wait.ts';
import type { EngineName } from '../../schema/engines.ts';

const ENGINES = ['mysql-9.7', 'mariadb-11.8'] as const satisfies readonly EngineName[];
const FOREIGN = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

const HIDDEN_ROWS =
  'SET SESSION sql_log_bin = 0; CREATE TABLE app.hidden (id INT PRIMARY KEY); INSERT INTO app.hidden VALUES (1), (2), (3)';

/** What a dump made elsewhere says of the transactions that it holds. */
const FOREIGN_HISTORY = {
  'mysql-9.7': `SET GLOBAL gtid_purged = '+${FOREIGN}:1-5000'`,
  'mariadb-11.8': "SET GLOBAL gtid_slave_pos = CONCAT(@@GLOBAL.gtid_current_pos, ',7-99-5000')",
} as const satisfies Record<(typeof ENGINES)[number], string>;

/** Keeps writing to the primary while something happens. */
async function whileWritten<T>({ primary }: Passes, use: () => Promise<T>): Promise<T> {
  const work = { over: false };
  const writing = (async (): Promise<void> => {
    while (!work.over) {
      await sql(primary, 'INSERT INTO app.t VALUES ()');
      await pause(100);
    }
  })();
  try {
    return await use();
  } finally {
    work.over = true;
    await writing;
  }
}

/** The primary was asked a while ago, and what it said then still counts. */
async function aWhileLater({ replica }: Passes): Promise<void> {
  const { status, output } = await withFunctions(replica, 'sed --in-place "s/^asked=.*/asked=0/" "$STATE/memory"', { container: 'mysql' });
  assert.is(status, 0, output);
}

/** Passes that each ask the primary, so many times; their states. */
async function askings(passes: Passes, count: number): Promise<readonly string[]> {
  const states: string[] = [];
  for (let asked = 0; asked < count; asked += 1) {
    await aWhileLater(passes);
    await pause(300);
    await pass(passes);
    states.push(replicating(passes));
  }
  return states;
}

async function unnoticed(passes: Passes): Promise<void> {
  await sql(passes.primary, HIDDEN_ROWS);
  const states = await whileWritten(passes, () => askings(passes, 3));
  await sql(passes.primary, 'SET SESSION sql_log_bin = 0; DROP TABLE app.hidden');
  assert.equal(states, ['Replicating', 'Replicating', 'Replicating']);
}

/** Eight clients write at once, and the replica receives long afterwards. */
async function farBehind(passes: Passes): Promise<void> {
  const { primary, replica } = passes;
  const { stopReplica, startReplica } = passes.release.engine.sql;
  const write = (): Promise<string> => sql(primary, 'INSERT INTO app.t VALUES ();'.repeat(400));
  const states = await whileWritten(passes, async () => {
    const seen: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      await sql(replica, stopReplica);
      await Promise.all(Array.from({ length: 8 }, write));
      await sql(replica, startReplica);
      seen.push(...(await askings(passes, 2)));
    }
    return seen;
  });
  assert.not.ok(states.includes('MissingTransactions'), states.join(' '));
  await settled(passes);
}

async function forSeconds(seconds: number, check: () => Promise<void>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    await check();
    await pause(200);
  }
}

async function noticed(passes: Passes, engine: (typeof ENGINES)[number]): Promise<void> {
  const { primary, replica } = passes;
  await askings(passes, 1);
  const agent = replica.start('agent', { RECOVERY_AFTER: '8s' });
  await whileWritten(passes, async () => {
    await sql(primary, `${HIDDEN_ROWS}; ${FOREIGN_HISTORY[engine]}`);
    await agent.says('MissingTransactions: ', { seconds: 90 });
    const found = agent.log.length;
    // The probe reads the agent's verdict, which comes with the end of the pass.
    await until('the probe says so', async () => (await replica.probe('ready')).output.startsWith('MissingTransactions: '));
    await forSeconds(6, async () => {
      assert.match((await replica.probe('ready')).output, /^MissingTransactions: /);
    });
    assert.not.match(agent.log.slice(found), /Replicating: /);
    const server = replica.container('mysql');
    await until('the server ends for a copy', () => !server.running, { seconds: 60, why: () => agent.tail });
    await replica.startServer();
    await replica.ready(90);
  });
  assert.is(await sql(replica, 'SELECT COUNT(*) FROM app.hidden'), '3');
  await agent.kill();
  assert.equal(await whileWritten(passes, () => askings(passes, 3)), ['Replicating', 'Replicating', 'Replicating']);
}

for (const engine of ENGINES) {
  let made: Promise<Passes> | undefined;
  const row = (name: string, check: (passes: Passes) => Promise<void>): Row => ({
    name: `${engine}: ${name}`,
    run: async () => check(await (made ??= startPasses(engine))),
  });
  table(
    `${engine}, whose primary holds rows that no log brings`,
    [
      row('a replica that reads far behind many writers lacks nothing', farBehind),
      row('rows without GTIDs are not noticed, as the runbook says', unnoticed),
      ...(engine === 'mysql-9.7'
        ? [row('a dump with the GTIDs of another server is noticed, and mended', (passes) => noticed(passes, engine))]
        : []),
    ],
    { after: async () => (await made)?.release.remove() },
  );
}
