/**
 * Two servers bear the primary's name for a while when a node is cut off: the old one runs on there, and the new one has its name.
 * A replica whose connection to the old one still stands gets nothing of what the new one writes.
 */

import { rm } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { primaryBack, primaryMissed } from './harness/disturbances.ts';
import type { Pod } from './harness/pod.ts';
import { pass, replicaStatus, replicating, settled, startPasses, untilStatus, type Passes } from './harness/passes.ts';
import { restoreReplica } from './harness/prepared.ts';
import { withFunctions } from './harness/shell.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';

const COUNT = 'SELECT COUNT(*) FROM app.t';

/** Half a minute after the last question the agent asks the primary again. */
async function passLater(passes: Passes): ReturnType<typeof pass> {
  await withFunctions(passes.replica, 'read_uptime; sed -i "s/^asked=.*/asked=$((UPTIME - 31))/" "$STATE/memory"', { container: 'mysql' });
  return pass(passes);
}

/** A server with all that the primary has, which can be written to. */
async function startSuccessor(passes: Passes): Promise<Pod> {
  const { release } = passes;
  const successor = await restoreReplica(release, 2);
  await successor.initialise();
  // Both replicas were copied from one prepared volume, and no two servers may have one UUID.
  await rm(successor.path('volume', 'instance', 'data', 'auto.cnf'), { force: true });
  await successor.startServer();
  await settled({ ...passes, replica: successor });
  const { sql: verbs, options } = release.engine;
  await sql(successor, `${verbs.stopReplica}; SET GLOBAL ${options.readOnly} = OFF; SET GLOBAL read_only = OFF`);
  return successor;
}

async function notesOf({ replica }: Passes): Promise<string> {
  return (await withFunctions(replica, 'cat "$INSTANCE/in-touch"', { container: 'mysql' })).output;
}

async function leavesTheOldOne(engine: EngineName): Promise<void> {
  const passes = await startPasses(engine);
  const { release, replica } = passes;
  try {
    const successor = await startSuccessor(passes);
    await release.setNames({ primary: 2 });
    await sql(successor, 'INSERT INTO app.t VALUES ()');
    const first = await passLater(passes);
    assert.is(first.status, 0, `what was just written may be on its way\n${first.output}`);
    const [touched, written] = [await notesOf(passes), await sql(successor, COUNT)];
    assert.match(await replicaStatus(passes), /_IO_Running: Yes/);
    assert.is((await replica.probe('ready')).status, 0);

    const { status, output } = await passLater(passes);
    assert.is(status, 1, output);
    assert.is(replicating(passes), 'Waiting', output);
    assert.match(output, /brings nothing of what the primary has written/);
    assert.is(await notesOf(passes), touched, 'it was not in touch with the primary');
    assert.match((await replica.probe('ready')).output, /^still catching up with what the primary had/);

    await settled(passes);
    assert.is(await sql(replica, COUNT), written);
    assert.is((await replica.probe('ready')).status, 0);
  } finally {
    await release.remove();
  }
}

/** A replica that has all is left alone, however long nothing is written, and one whose data is on its way as well. */
async function staysWithTheRightOne(engine: EngineName): Promise<void> {
  const passes = await startPasses(engine);
  const { release, primary, replica } = passes;
  try {
    for (const statement of ['SELECT 1', 'INSERT INTO app.t VALUES ()', 'SELECT 1']) {
      await sql(primary, statement);
      const { status, output } = await passLater(passes);
      assert.is(status, 0, output);
      assert.is(output, '');
    }
    const { stopReplica, startReplica } = release.engine.sql;
    await sql(replica, `${stopReplica} SQL_THREAD`);
    await sql(primary, 'INSERT INTO app.t VALUES ()');
    await passLater(passes);
    const { output } = await passLater(passes);
    assert.not.match(output, /brings nothing/, 'what was received and not applied has come');
    await sql(replica, startReplica);
    await settled(passes);
  } finally {
    await release.remove();
  }
}

async function provesNothingAtFirst(engine: EngineName): Promise<void> {
  const passes = await startPasses(engine);
  const { release, replica } = passes;
  try {
    await primaryMissed(passes);
    assert.is((await pass(passes)).status, 0);
    assert.is(replicating(passes), 'OutOfTouch');
    await primaryBack(passes);
    await untilStatus(passes, /_IO_Running: Yes/);
    const notes = 'echo "$(($(now) - 100))" | tee "$INSTANCE/in-touch"';
    const before = (await withFunctions(replica, notes, { container: 'mysql' })).output;
    assert.is((await pass(passes)).status, 0);
    assert.is(await notesOf(passes), before, 'a lag of 0 is what a connection has before its first event');
    assert.is((await pass(passes)).status, 0);
    assert.is.not(await notesOf(passes), before);
  } finally {
    await release.remove();
  }
}

const ENGINES = ['mysql-9.7', 'mariadb-11.8'] as const satisfies readonly EngineName[];

const rows: readonly Row[] = ENGINES.flatMap((engine) => [
  { name: `${engine}: a connection to a primary that is not the one any more is left`, run: () => leavesTheOldOne(engine) },
  { name: `${engine}: a connection to the primary stays`, run: () => staysWithTheRightOne(engine) },
  { name: `${engine}: a connection that was just made does not count as being in touch`, run: () => provesNothingAtFirst(engine) },
]);

table('two primaries', rows, { parallel: 2 });
