/**
 * Rows that come to a primary without its binary log, as by a dump that sets gtid_purged. A replica that reads on under a writer must notice that
 * it lacks them, and a replica that is only late must not be taken for one.
 */

import * as assert from 'uvu/assert';
import { AT_ONCE, pass, REPAIR, replicating, settled, startPasses, type PassEnvironment, type Passes } from './harness/passes.ts';
import { withFunctions } from './harness/shell.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { until } from './harness/wait.ts';
import { exists } from './harness/volumes.ts';

const FOREIGN = '11111111-2222-3333-4444-555555555555:1-5000';
const REPORT: PassEnvironment = { ...AT_ONCE, ON_MISSING_TRANSACTIONS: 'report' };
const RECLONE: PassEnvironment = { ...REPAIR, ON_MISSING_TRANSACTIONS: 'reclone' };

const write = ({ primary }: Passes): Promise<string> => sql(primary, 'INSERT INTO app.t VALUES ()');

/** What the head of a dump from another server does. */
async function restoreDump({ primary }: Passes): Promise<void> {
  const rows = 'CREATE TABLE app.restored (id INT PRIMARY KEY); INSERT INTO app.restored VALUES (1), (2), (3)';
  await sql(primary, `SET SESSION sql_log_bin = 0; SET GLOBAL gtid_purged = '+${FOREIGN}'; ${rows}`);
}

/** Half a minute after the last question, with newer rows than it brought. */
async function passUnderWriter(passes: Passes, environment: PassEnvironment): ReturnType<typeof pass> {
  await write(passes);
  const count = await sql(passes.primary, 'SELECT COUNT(*) FROM app.t');
  await until('the newer row has come', async () => (await sql(passes.replica, 'SELECT COUNT(*) FROM app.t')) === count);
  await withFunctions(passes.replica, 'read_uptime; sed -i "s/^asked=.*/asked=$((UPTIME - 31))/" "$STATE/memory"', { container: 'mysql' });
  return pass(passes, environment);
}

const NOTICED: Row = {
  name: 'mysql-9.7: a dump that sets gtid_purged, under a writer: the replica leaves its readers, and is cloned where the values allow it',
  run: async () => {
    const passes = await startPasses('mysql-9.7');
    const { replica, release } = passes;
    try {
      await restoreDump(passes);
      const first = await passUnderWriter(passes, REPORT);
      assert.is(first.status, 0, `the first question learns what the primary has\n${first.output}`);
      const second = await passUnderWriter(passes, REPORT);
      assert.is(replicating(passes), 'MissingTransactions', second.output);
      assert.is(second.status, 1);
      assert.match(
        (await replica.probe('ready')).output,
        /^MissingTransactions: this replica has read everything and lacks what the primary has/,
      );
      assert.not.ok(exists(replica, 'replacement'), 'the values say report');
      await write(passes);
      await passUnderWriter(passes, REPORT);
      const cured = await passUnderWriter(passes, RECLONE);
      assert.is(replicating(passes), 'Recloning', cured.output);
      assert.ok(exists(replica, 'replacement'));
    } finally {
      await release.remove();
    }
  },
};

const LATE: Row = {
  name: 'mysql-9.7: a replica that applies late, or received late, lacks nothing',
  run: async () => {
    const passes = await startPasses('mysql-9.7');
    const { replica, release } = passes;
    try {
      await passUnderWriter(passes, REPORT);
      await sql(replica, 'STOP REPLICA SQL_THREAD');
      for (let count = 0; count < 3; count += 1) await write(passes);
      await sql(replica, 'START REPLICA SQL_THREAD; STOP REPLICA IO_THREAD');
      for (let count = 0; count < 3; count += 1) await write(passes);
      await sql(replica, 'START REPLICA IO_THREAD');
      for (let count = 0; count < 3; count += 1) {
        const { output } = await passUnderWriter(passes, REPORT);
        assert.not.match(output, /MissingTransactions/);
      }
      await settled(passes);
      assert.is(replicating(passes), 'Replicating');
    } finally {
      await release.remove();
    }
  },
};

table('data that no binary log brings', [NOTICED, LATE], { parallel: 2 });
