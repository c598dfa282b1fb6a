/** States that a replica can get into, and the ways back. */

import { readFile, writeFile } from 'node:fs/promises';
import type { ListedEngine } from '../../../schema/engines.ts';
import { ISLAND_ROOT } from './island.ts';
import type { Pod } from './pod.ts';
import { forgetAnswers, untilStatus, type Passes } from './passes.ts';
import { PASSWORDS } from './release.ts';
import { withFunctions } from './shell.ts';
import { sql, sqlAs } from './sql.ts';
import { until } from './wait.ts';

export type Change = (passes: Passes) => Promise<void>;

const OTHER_CLUSTER = 'f'.repeat(32);

/** The engine's own words. */
export function words({ release }: Passes): Record<'stop' | 'start' | 'readOnly', string> {
  const { sql: verbs, options } = release.engine;
  return { stop: verbs.stopReplica, start: verbs.startReplica, readOnly: options.readOnly };
}

export function both(first: Change, second: Change): Change {
  return async (passes) => {
    await first(passes);
    await second(passes);
  };
}

/** Statements on the replica that its binary log does not know. */
async function secretly(passes: Passes, statements: string): Promise<void> {
  const { readOnly } = words(passes);
  await sql(passes.replica, `SET SESSION sql_log_bin = 0; SET GLOBAL ${readOnly} = OFF; ${statements}; SET GLOBAL ${readOnly} = ON`);
}

export async function otherCluster(passes: Passes): Promise<void> {
  await sql(passes.primary, `SET SESSION sql_log_bin = 0; UPDATE mysql_sts.cluster SET id = '${OTHER_CLUSTER}'`);
  await forgetAnswers(passes);
}

export async function ownCluster({ primary, replica }: Passes): Promise<void> {
  const own = await sql(replica, 'SELECT id FROM mysql_sts.cluster');
  await sql(primary, `SET SESSION sql_log_bin = 0; UPDATE mysql_sts.cluster SET id = '${own}'`);
}

function generationOf(from: number, to: number): Change {
  return async (passes) => {
    const record = passes.replica.path('volume', 'instance', 'record');
    await writeFile(record, (await readFile(record, 'utf8')).replace(`generation=${from}`, `generation=${to}`));
    await forgetAnswers(passes);
  };
}

export const olderPrimary = generationOf(1, 2);
export const sameGeneration = generationOf(2, 1);

export async function errant(passes: Passes): Promise<void> {
  const { readOnly } = words(passes);
  const write = 'CREATE TABLE IF NOT EXISTS app.errant (id INT AUTO_INCREMENT PRIMARY KEY); INSERT INTO app.errant VALUES ()';
  await sql(passes.replica, `SET GLOBAL ${readOnly} = OFF; ${write}; SET GLOBAL ${readOnly} = ON`);
  await forgetAnswers(passes);
}

/** The replica had the primary's server id for a moment, at which replication gives up. */
export async function connectionFailed(passes: Passes): Promise<void> {
  const { replica, primary } = passes;
  const { stop, start } = words(passes);
  const [own, other] = [await sql(replica, 'SELECT @@GLOBAL.server_id'), await sql(primary, 'SELECT @@GLOBAL.server_id')];
  await sql(replica, `${stop}; SET GLOBAL server_id = ${other}; ${start}`);
  await untilStatus(passes, /IO_Running: No/);
  await sql(replica, `SET GLOBAL server_id = ${own}`);
}

/** MariaDB applies no transaction whose number a transaction of the replica's own has taken. */
export async function errantInTheWay(passes: Passes): Promise<void> {
  await errant(passes);
  await sql(passes.primary, 'INSERT INTO app.t VALUES ()');
  await untilStatus(passes, /_SQL_Running: No/);
}

const SEMI_SYNC = {
  mysql: {
    hold: 'SET GLOBAL rpl_semi_sync_source_timeout = 100000; SET GLOBAL rpl_semi_sync_source_enabled = ON',
    release: 'SET GLOBAL rpl_semi_sync_source_enabled = OFF; UNINSTALL PLUGIN rpl_semi_sync_source',
  },
  mariadb: {
    hold: "SET GLOBAL rpl_semi_sync_master_timeout = 100000, rpl_semi_sync_master_wait_point = 'AFTER_SYNC', rpl_semi_sync_master_enabled = ON",
    release: 'SET GLOBAL rpl_semi_sync_master_enabled = OFF',
  },
} as const satisfies Record<ListedEngine['family'], Record<'hold' | 'release', string>>;

/** MySQL has it in a plugin, and keeps one that it was given over its restarts. */
async function learnSemiSync(pod: Pod): Promise<void> {
  const known = await sql(pod, "SELECT COUNT(*) FROM information_schema.plugins WHERE plugin_name = 'rpl_semi_sync_source'");
  if (known === '0') await sql(pod, "SET SESSION sql_log_bin = 0; INSTALL PLUGIN rpl_semi_sync_source SONAME 'semisync_source.so'");
}

/** What the server commits stops between its binary log, from which replicas get it, and its tables, as on a disk that is too slow. */
export async function holdCommits(pod: Pod): Promise<void> {
  if (pod.release.engine.family === 'mysql') await learnSemiSync(pod);
  await sql(pod, SEMI_SYNC[pod.release.engine.family].hold);
}

export async function letCommit(pod: Pod): Promise<void> {
  await sql(pod, SEMI_SYNC[pod.release.engine.family].release);
}

export async function startAgain(passes: Passes): Promise<void> {
  await sql(passes.replica, words(passes).start);
}

/** The primary no longer has what the replica needs, and has said so. */
export async function purged(passes: Passes): Promise<void> {
  const { primary, replica } = passes;
  const { stop, start } = words(passes);
  await sql(replica, stop);
  for (let count = 0; count < 2; count += 1) await sql(primary, 'INSERT INTO app.t VALUES (); FLUSH BINARY LOGS');
  const newest = (await sql(primary, 'SHOW BINARY LOGS')).split('\n').at(-1)?.split('\t')[0] ?? '';
  await until('the old logs are gone', async () => {
    await sql(primary, `PURGE BINARY LOGS TO '${newest}'`);
    return (await sql(primary, 'SHOW BINARY LOGS')).startsWith(newest);
  });
  await sql(replica, start);
  await untilStatus(passes, /_Errno: (1236|13114)/);
}

export async function refused(passes: Passes): Promise<void> {
  await sql(passes.primary, `SET SESSION sql_log_bin = 0; ALTER USER replication@'%' IDENTIFIED BY 'another one'`);
  await meetRefusal(passes);
}

/** The replica connects anew, with the password that it keeps. */
async function meetRefusal(passes: Passes): Promise<void> {
  const { stop, start } = words(passes);
  await sql(passes.replica, `${stop}; ${start}`);
  await untilStatus(passes, /IO_Errno: 1045/);
}

export async function accepted({ primary }: Passes): Promise<void> {
  const statements = `{ printf 'SET SESSION sql_log_bin = 0;\\n' && account_sql replication % "$(secret replication)" SSL; } | local_sql`;
  const { status, output } = await withFunctions(primary, `load do/accounts; ${statements}`, { container: 'mysql' });
  if (status !== 0) throw new Error(`The old password cannot be set:\n${output}`);
}

/** The primary takes a password that no replica can keep. */
export async function longPassword(passes: Passes): Promise<void> {
  await passes.release.setPassword('replication', 'p'.repeat(97));
  await accepted(passes);
  await meetRefusal(passes);
}

export async function ownPassword(passes: Passes): Promise<void> {
  await passes.release.setPassword('replication', PASSWORDS.replication);
  await accepted(passes);
  await accountsSettled(passes.primary);
}

/** The primary's agent writes changed accounts within seconds. What it writes later would fall into the middle of another state. */
async function accountsSettled(primary: Pod): Promise<void> {
  const nothingToWrite = async (): Promise<boolean> => {
    const { status, output, errors } = await withFunctions(primary, 'load do/accounts; keep_accounts', { container: 'mysql' });
    return status === 0 && !`${output}${errors}`.includes('the accounts and their privileges are up to date');
  };
  await until('nothing of the accounts is left to write', nothingToWrite);
}

/** A table that only the replica lacks. */
export async function notApplied(passes: Passes): Promise<void> {
  await secretly(passes, 'DROP TABLE app.t');
  await sql(passes.primary, 'INSERT INTO app.t VALUES ()');
  await untilStatus(passes, /SQL_Running: No/);
}

export async function applicable(passes: Passes): Promise<void> {
  await secretly(passes, 'CREATE TABLE app.t (id INT AUTO_INCREMENT PRIMARY KEY)');
  await startAgain(passes);
}

export async function stoppedByHand(passes: Passes): Promise<void> {
  await sql(passes.replica, words(passes).stop);
}

export async function primaryGone({ primary }: Passes): Promise<void> {
  await primary.container('mysql').kill();
}

/** The replica has noticed, and tries in vain to connect. */
export async function primaryMissed(passes: Passes): Promise<void> {
  await primaryGone(passes);
  await untilStatus(passes, /Can't connect/);
}

export async function primaryBack({ primary }: Passes): Promise<void> {
  await primary.startServer();
  await primary.ready();
}

const HOLD = 'SELECT SLEEP(100) AS held';

/** Somebody holds a table, with a lock as `LOCK TABLES` takes it. */
export async function holdTable(pod: Pod, lock: string): Promise<void> {
  void sqlAs(pod, { user: 'root', password: pod.release.passwords.root }, `LOCK TABLES ${lock}; ${HOLD};`);
  await until('the table is held', async () => (await holderOf(pod)) !== '');
}

export async function letGo(pod: Pod): Promise<void> {
  await sql(pod, `KILL ${await holderOf(pod)}`);
}

function holderOf(pod: Pod): Promise<string> {
  return sql(pod, `SELECT id FROM information_schema.processlist WHERE info LIKE '${HOLD}%'`);
}

const NEIGHBOUR = ['ip', 'neighbour'] as const;

/** Packets to the primary are lost without a word: they go to a machine that does not exist. */
export async function lostPackets(passes: Passes): Promise<void> {
  const { release, replica } = passes;
  await sql(replica, `SET GLOBAL slave_net_timeout = 5; ${words(passes).stop}`);
  await inNetwork(passes, ...NEIGHBOUR, 'replace', release.address(0), 'lladdr', '02:00:00:00:00:01', 'nud', 'permanent', 'dev', 'eth0');
  await startAgain(passes);
  await untilStatus(passes, /IO_Running: Connecting/);
}

export async function foundPackets(passes: Passes): Promise<void> {
  await inNetwork(passes, ...NEIGHBOUR, 'delete', passes.release.address(0), 'dev', 'eth0');
}

async function inNetwork({ release, replica }: Passes, ...command: readonly string[]): Promise<void> {
  await release.island.run('nsenter', `--net=${ISLAND_ROOT}/${release.name}/${replica.name}/network`, ...command);
}
