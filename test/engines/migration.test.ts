/**
 * A database that the tutorial's own manifests have made moves to the chart, by the commands of docs/migration.md. The server is a real
 * 5.7.22; XtraBackup, the client programs and the entrypoint of the tutorial's image are STAND-INs.
 */

import assert from 'node:assert/strict';
import { attempt } from '../e2e/support/process.ts';
import { releaseNamed, type Release } from '../e2e/support/release.ts';
import { scenario, type Step } from '../e2e/support/scenario.ts';
import { podSql } from '../e2e/support/sql.ts';
import { filesOnVolumeOf } from '../e2e/support/volumes.ts';
import { fill, writeRows } from '../e2e/support/writer.ts';
import { installTutorial } from '../tutorial/tutorial.ts';
import { noting } from './support/capabilities.ts';
import { Terminal } from './support/page.ts';

const PAGE = 'docs/migration.md';
const REPLICAS = ['mysql-1', 'mysql-2'] as const;

/** Whether root gets in over the network without a password, as it did. */
async function rootIsOpen(namespace: string): Promise<boolean> {
  const client = ['mysql', '--no-defaults', '--host=mysql-0.mysql', '--user=root', '--execute=SELECT 1'];
  const { status, stderr } = await attempt('kubectl', [
    '--namespace',
    namespace,
    'exec',
    'mysql-0',
    '--container',
    'mysql',
    '--',
    ...client,
  ]);
  if (status !== 0) assert.match(stderr, /Access denied for user 'root'/);
  return status === 0;
}

async function keepsOldData(release: Release): Promise<readonly boolean[]> {
  const found = await Promise.all(REPLICAS.map((pod) => filesOnVolumeOf(release, pod)));
  return found.map((files) => files.includes('mysql/ibdata1'));
}

/** The state of the scenario. */
class Move {
  #release: Release | undefined;
  #terminal: Terminal | undefined;

  get release(): Release {
    assert.ok(this.#release !== undefined, 'there is no release');
    return this.#release;
  }

  set release(release: Release) {
    this.#release = release;
  }

  /** Runs the commands of a section of the page, all of them in one terminal. */
  section(heading: string): Promise<string> {
    this.#terminal ??= new Terminal(this.release.namespace);
    return this.#terminal.run(PAGE, heading);
  }
}

function defineMove(step: Step, move: Move): void {
  step("runs on the tutorial's manifests, with rows and a view of root's", async ({ namespace }) => {
    move.release = await installTutorial(namespace);
    await fill(move.release, 20);
    await writeRows(move.release, 100);
    await podSql(move.release, 'mysql-0', "CREATE DEFINER = root@'%' VIEW app.ids AS SELECT id FROM app.writes");
    assert.ok(await rootIsOpen(namespace));
  });

  step('leaves the old StatefulSet, and comes back as a release of the chart', async (world) => {
    const { ledger } = move.release;
    await move.section('1. Note what there is');
    await move.section('2. Remove the old StatefulSet');
    await move.section('3. Install the chart');
    move.release = world.adopt({ ...(await releaseNamed(world.namespace, 'mysql', 'mysql-5.7')), ledger });
  });
}

function defineResult(step: Step, move: Move): void {
  step('has the rows that were noted on every pod, while the replicas keep their old data', async ({ namespace }) => {
    const output = await move.section('4. Compare');
    assert.equal([...output.matchAll(/^mysql-[012] has the same rows$/gm)].length, 3, output);
    assert.deepEqual(await keepsOldData(move.release), [true, true]);
    assert.ok(!(await rootIsOpen(namespace)), 'root still needs no password');
  });

  step('has GTIDs, logs of fixed names, and the view that root defined', async () => {
    assert.deepEqual(await podSql(move.release, 'mysql-0', 'SELECT @@GLOBAL.gtid_mode'), [['ON']]);
    const logs = await podSql(move.release, 'mysql-0', 'SHOW BINARY LOGS');
    assert.ok(
      logs.every(([name = '']) => name.startsWith('binlog.')),
      String(logs),
    );
    assert.deepEqual(await podSql(move.release, 'mysql-1', 'SELECT COUNT(*) FROM app.ids'), [['100']]);
  });

  step(
    "loses the replicas' old data, and goes on",
    async () => {
      await move.section("5. Remove the replicas' old data");
      assert.deepEqual(await keepsOldData(move.release), [false, false]);
      await writeRows(move.release, 100);
    },
    noting('mysql-5.7', 'move from the tutorial', 'stand-in'),
  );
}

scenario(
  'migration',
  (step) => {
    const move = new Move();
    defineMove(step, move);
    defineResult(step, move);
  },
  'privileged',
);
