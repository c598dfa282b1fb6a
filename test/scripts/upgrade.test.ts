/** A server that finds the data of an older one: raised once, with its rows, and the record says so. */

import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { positionSql } from '../support/position.ts';
import { ISLAND_ROOT } from './harness/island.ts';
import type { Pod } from './harness/pod.ts';
import { defaultMethod, startPrimary } from './harness/prepared.ts';
import { withRelease, type Release } from './harness/release.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { record } from './harness/volumes.ts';

interface Upgrade {
  readonly from: EngineName;
  readonly to: EngineName;
  /** A setting that the newer server does not know. */
  readonly forgotten: string;
  /** What only a server whose own tables were raised can answer, and the answer. */
  readonly proof: readonly [statement: string, answer: RegExp];
}

const UPGRADES: readonly Upgrade[] = [
  {
    from: 'mysql-5.7',
    to: 'mysql-8.0',
    forgotten: 'query_cache_size=0',
    proof: ["SELECT COUNT(*) > 30 FROM information_schema.tables WHERE table_schema = 'mysql'", /^1$/],
  },
  {
    from: 'mariadb-10.11',
    to: 'mariadb-11.8',
    // MariaDB goes on taking what it has removed, so this one was never there.
    forgotten: 'never_heard_of=1',
    // The view sys.privileges_by_table_by_level came with 11.0.
    proof: ["SELECT COUNT(*) FROM information_schema.views WHERE table_name = 'privileges_by_table_by_level'", /^1$/],
  },
];

const ROWS =
  'CREATE TABLE app.kept (id INT PRIMARY KEY, word VARCHAR(20) CHARACTER SET latin1); INSERT INTO app.kept VALUES (1, "kept"), (2, "Käse");';
/** From 8.4 on, MySQL does not take this method unless it is told to. On MariaDB it is today's. */
const OLD_ACCOUNTS =
  "SELECT CONCAT(user, '@', host) FROM mysql.user WHERE plugin = 'mysql_native_password' AND user NOT LIKE 'mysql.%' AND VERSION() NOT LIKE '%MariaDB%';";
const CHECKSUM = 'CHECKSUM TABLE app.kept;';

/** What the old server left. */
interface Before {
  readonly volume: string;
  readonly position: string;
  readonly checksum: string;
}

function positionOf(pod: Pod): Promise<string> {
  return sql(pod, `SELECT ${positionSql(pod.release.engine)};`);
}

/** Runs the old server with some rows, shuts it down, and gives its volume to a pod of the new engine. */
function withOldVolume({ from, to }: Upgrade, use: (pod: Pod, before: Before) => Promise<void>): Promise<void> {
  return withRelease({ engine: from, method: defaultMethod(from) }, async (old) => {
    const primary = await startPrimary(old);
    await sql(primary, ROWS);
    const [position, checksum] = [await positionOf(primary), await sql(primary, CHECKSUM)];
    await primary.container('agent').stop();
    await primary.container('mysql').stop();
    const volume = `${ISLAND_ROOT}/${old.name}/${primary.name}/volume`;
    await withRelease({ engine: to, method: defaultMethod(to) }, async (release) =>
      use(await restored(release, volume), { volume, position, checksum }),
    );
  });
}

async function restored(release: Release, volume: string): Promise<Pod> {
  const pod = await release.pod(0);
  await pod.restore(volume);
  return pod;
}

async function raise(pod: Pod, before: Before, { from, to, proof: [statement, answer] }: Upgrade): Promise<void> {
  await pod.initialise();
  const server = await pod.startServer();
  assert.match(server.log, new RegExp(`raising the data from ${from} \\([0-9.]+\\) to ${to} \\(`));
  assert.is(await positionOf(pod), before.position, 'nothing was written to the binary log');
  assert.is(await sql(pod, CHECKSUM), before.checksum);
  assert.match(await sql(pod, `${statement};`), answer);
  assert.is(record(pod)['engine'], to);
  assert.is(record(pod)['version'], await sql(pod, "SELECT SUBSTRING_INDEX(VERSION(), '-', 1);"));
  pod.start('agent');
  await pod.ready();
  assert.is(await sql(pod, OLD_ACCOUNTS), '', 'accounts of the chart keep a password method that later servers lack');
  await pod.container('agent').stop();
  await server.stop();
  assert.not.match((await pod.startServer()).log, 'raising the data');
}

async function failToRaise(pod: Pod, before: Before, { from, to, forgotten }: Upgrade): Promise<void> {
  await pod.configure(`[mysqld]\n${forgotten}\n`);
  await pod.initialise();
  const outcome = await pod.start('mysql').end();
  assert.is(outcome.status, 1, outcome.output);
  const sentence = new RegExp(`^The data of ${from} \\([0-9.]+\\) could not be raised to ${to} .*A setting under config`);
  assert.match(pod.container('mysql').message, sentence);
  assert.match(outcome.output, 'unknown variable');
  assert.is(record(pod)['engine'], from);
  await pod.configure('');
  await pod.initialise();
  await pod.startServer();
  assert.is(await sql(pod, CHECKSUM), before.checksum);
}

async function beKilled(pod: Pod, before: Before, { from, to }: Upgrade): Promise<void> {
  await pod.initialise();
  const server = pod.start('mysql');
  await server.says('raising the data');
  await server.kill();
  assert.is(record(pod)['engine'], from);
  await pod.startServer();
  assert.is(await sql(pod, CHECKSUM), before.checksum);
  assert.is(record(pod)['engine'], to);
}

async function beStopped(pod: Pod, before: Before): Promise<void> {
  await pod.initialise();
  const server = pod.start('mysql');
  await server.says('raising the data');
  assert.is((await server.stop(60)).status, 143);
  await pod.startServer();
  assert.is(await sql(pod, CHECKSUM), before.checksum);
}

const STATES = {
  'the data is raised once, keeps its rows and its history, and the record says so': raise,
  'a setting that the new server does not know stops it; the record stays, and it goes on without the setting': failToRaise,
  'a pod that is killed while the data is raised goes on at its next start': beKilled,
  'a pod that is told to stop while the data is raised lets the server shut down': beStopped,
} as const;

function rowsOf(upgrade: Upgrade): readonly Row[] {
  return Object.entries(STATES).map(([name, run]) => ({
    name: `${upgrade.from} to ${upgrade.to}: ${name}`,
    run: () => withOldVolume(upgrade, (pod, before) => run(pod, before, upgrade)),
  }));
}

table('upgrade', UPGRADES.flatMap(rowsOf), { parallel: 2 });
