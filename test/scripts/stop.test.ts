/**
 * What Kubernetes runs before it stops a server. A replica that cannot ask its primary again applies first what it has received,
 * and nothing else holds a stop up.
 */

import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import type { Outcome } from './harness/container.ts';
import { holdTable, letGo, primaryBack, primaryMissed } from './harness/disturbances.ts';
import { replicaStatus, settled, startPasses, untilStatus } from './harness/passes.ts';
import type { Pod } from './harness/pod.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { until } from './harness/wait.ts';

const COUNT = 'SELECT COUNT(*) FROM app.t';

/** Runs the hook as the kubelet does, with so many seconds for what is left to apply. */
function goodbye(pod: Pod, patience: number): Promise<Outcome> {
  const environment = { ...pod.release.environment(pod.ordinal), STOP_PATIENCE: String(patience) };
  return pod.container('mysql').exec(['bash', '/opt/mysql-sts/run/stop-mysql.sh'], { environment });
}

/** How far the replica has read in the primary's binary log. */
function readPosition(status: string): string {
  return /Read_\w+_Log_Pos: (\d+)/.exec(status)?.[1] ?? '';
}

async function timed(work: Promise<Outcome>): Promise<number> {
  const start = performance.now();
  const { status, output } = await work;
  assert.is(status, 0, output);
  return (performance.now() - start) / 1000;
}

async function check(engine: EngineName): Promise<void> {
  const passes = await startPasses(engine);
  const { primary, replica } = passes;
  try {
    const { stopReplica, startReplica } = passes.release.engine.sql;
    await sql(replica, `${stopReplica} SQL_THREAD`);
    const before = await replicaStatus(passes);
    await sql(primary, 'INSERT INTO app.t VALUES ()');
    const written = await sql(primary, COUNT);
    await until('the row has come', async () => readPosition(await replicaStatus(passes)) !== readPosition(before));
    await primaryMissed(passes);
    assert.ok((await timed(goodbye(replica, 60))) < 30, 'who does not apply has nothing to wait for');

    await holdTable(replica, 'app.t READ');
    await sql(replica, `${startReplica} SQL_THREAD`);
    await untilStatus(passes, /_SQL_Running: Yes/);
    // It counts whole seconds.
    assert.ok((await timed(goodbye(replica, 3))) >= 2, 'it waits for as long as it may');
    const stop = goodbye(replica, 60);
    await letGo(replica);
    await stop;
    assert.is(await sql(replica, COUNT), written, 'what was received is there');

    await primaryBack(passes);
    await settled(passes);
    await holdTable(replica, 'app.t READ');
    await sql(primary, 'INSERT INTO app.t VALUES ()');
    assert.ok((await timed(goodbye(replica, 60))) < 30, 'a primary that is there has it still');
    assert.ok((await timed(goodbye(primary, 60))) < 30, 'a primary waits for nobody');
    await letGo(replica);
  } finally {
    await passes.release.remove();
  }
}

const ENGINES = ['mysql-9.7', 'mariadb-11.8'] as const satisfies readonly EngineName[];
const rows: readonly Row[] = ENGINES.map((engine) => ({
  name: `${engine}: a replica with a row that is not applied`,
  run: () => check(engine),
}));

table('before a stop', rows, { parallel: 2 });
