/** Where servers stand in their history, and primaries that are set back in it, as when an older volume comes back. */

import { both, primaryBack, primaryGone, words, type Change } from './disturbances.ts';
import { forgetAnswers, type Passes } from './passes.ts';
import type { Pod } from './pod.ts';
import { withFunctions } from './shell.ts';
import { sql } from './sql.ts';
import { until } from './wait.ts';

/** Seconds after which a replica that lags applies what it has received. */
const LATE = 25;

/** What a server has executed, and its whole history. */
interface Seat {
  readonly position: string;
  readonly history: string;
}

async function seatOf(pod: Pod): Promise<Seat> {
  if (pod.release.engine.family === 'mysql') {
    const executed = await sql(pod, "SELECT REPLACE(@@GLOBAL.gtid_executed, '\\n', '')");
    return { position: executed, history: executed };
  }
  return { position: await sql(pod, 'SELECT @@GLOBAL.gtid_current_pos'), history: await sql(pod, 'SELECT @@GLOBAL.gtid_binlog_state') };
}

async function seat(pod: Pod, { position, history }: Seat): Promise<void> {
  const { status, output } = await withFunctions(pod, `seed_position_sql '${position}' '${history}' | local_sql`, { container: 'mysql' });
  if (status !== 0) throw new Error(`The position of ${pod.name} cannot be set:\n${output}`);
}

/** The replica's position becomes the primary's, as if it had been cloned; replication stays stopped. */
export async function reseat(passes: Passes): Promise<void> {
  await sql(passes.replica, words(passes).stop);
  await seat(passes.replica, await seatOf(passes.primary));
}

/** The primary loses its last transaction while the replica is not connected. */
export function lostByPrimary(meanwhile: Change): Change {
  return async (passes) => {
    const { primary, replica } = passes;
    const older = await seatOf(primary);
    await sql(primary, 'INSERT INTO app.t VALUES ()');
    const { position } = await seatOf(primary);
    await until('the replica has it', async () => (await seatOf(replica)).position === position);
    await forgetAnswers(passes);
    await meanwhile(passes);
    await sql(replica, words(passes).stop);
    await seat(primary, older);
  };
}

/** The primary loses a transaction that the replica has received and applies only much later, and has started anew since. */
export async function lostBeforeApplied(passes: Passes): Promise<void> {
  const { primary, replica } = passes;
  const { stop, start } = words(passes);
  const older = await seatOf(primary);
  await applyAfter(passes, LATE);
  await sql(primary, 'INSERT INTO app.t VALUES ()');
  const { position } = await seatOf(primary);
  await until('the replica has received it', () => hasReceived(replica, position));
  await sql(replica, `${stop} IO_THREAD`);
  await seat(primary, older);
  await both(primaryGone, primaryBack)(passes);
  await sql(replica, `${start} IO_THREAD`);
}

async function hasReceived(replica: Pod, position: string): Promise<boolean> {
  const received = 'own=$(position_sql | local_sql); look_at_server; position_covers "$own,$(received_position)"';
  const { status } = await withFunctions(replica, `load see/server talk/sql; ${received} '${position}' local_sql`, { container: 'mysql' });
  return status === 0;
}

/** The replica applies each transaction so many seconds after it was written. */
export async function applyAfter(passes: Passes, seconds: number): Promise<void> {
  const { stop, start } = words(passes);
  const { changeSource, sourceTerms } = passes.release.engine.sql;
  await sql(passes.replica, `${stop}; ${changeSource} ${sourceTerms}_DELAY = ${seconds}; ${start}`);
}
