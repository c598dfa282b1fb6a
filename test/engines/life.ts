/**
 * What every engine has to live through on the cluster: install, replicate, grow with data on board, lose pods, purge binary logs,
 * take a new setting. Every step ends with the same rows and the same history on every pod.
 */

import assert from 'node:assert/strict';
import type { EngineName } from '../../schema/engines.ts';
import { purgeBinaryLogs } from '../e2e/support/binary-logs.ts';
import { kubectl } from '../e2e/support/kubernetes.ts';
import { nameOf } from '../e2e/support/pods.ts';
import { helmUpgrade, podsOf, SMALL, untilReady, type Overrides, type Release } from '../e2e/support/release.ts';
import { scenario, type Step } from '../e2e/support/scenario.ts';
import { podSql } from '../e2e/support/sql.ts';
import { fill, Writer, writeRows } from '../e2e/support/writer.ts';
import { cloneMeans, noting } from './support/capabilities.ts';

const NAME = 'life';
const MEGABYTES = 20;

interface Life {
  readonly engine: EngineName;
  /** What the version of the real server in the test image begins with. */
  readonly server: string;
  /** What is said of the tool that clones. */
  readonly tool: string;
}

/** Letting pages be written quickly shortens the wait of the stand-in for a quiet server. */
const COMMON = 'innodb_io_capacity = 4000\ninnodb_io_capacity_max = 8000\n';

function valuesOf(engine: EngineName, replicaCount: number, common = COMMON): Overrides {
  return { ...SMALL, engine, replicaCount, config: { common } };
}

async function cloneLog({ namespace, fullname }: Release, ordinal: number): Promise<string> {
  return kubectl(namespace, ['logs', `${fullname}-${ordinal}`, '--container', 'clone-mysql']);
}

function defineGrowth(step: Step, { engine, server, tool }: Life, current: () => Release): void {
  step(
    'grows from 2 to 3 pods with data on board',
    async ({ namespace }) => {
      await fill(current(), MEGABYTES);
      await helmUpgrade(namespace, NAME, valuesOf(engine, 3));
      await untilReady(current());
      assert.match(await cloneLog(current(), 2), new RegExp(`(received [0-9]+ MiB|cloning) from ${current().fullname}-[01]`), tool);
      for (const pod of await podsOf(namespace, NAME)) {
        const [[version = ''] = []] = await podSql(current(), nameOf(pod), "SELECT SUBSTRING_INDEX(VERSION(), '-', 1)");
        assert.ok(version.startsWith(server), version);
      }
    },
    noting(engine, 'grow with data', cloneMeans(engine)),
  );

  step(
    'clones a replica anew whose volume is gone, although the binary logs are purged',
    async ({ namespace }) => {
      await purgeBinaryLogs(current());
      await writeRows(current(), 50);
      await kubectl(namespace, ['delete', 'persistentvolumeclaim', `data-${current().fullname}-2`, '--wait=false']);
      await kubectl(namespace, ['delete', 'pod', `${current().fullname}-2`]);
      await untilReady(current());
    },
    noting(engine, 'clone anew, logs purged', cloneMeans(engine)),
  );
}

function defineDisturbances(step: Step, { engine }: Life, current: () => Release): void {
  for (const ordinal of [1, 0]) {
    step(
      `takes pod ${ordinal} back, which was deleted under a writer`,
      async ({ namespace }) => {
        const writer = await Writer.start(current());
        await kubectl(namespace, ['delete', 'pod', `${current().fullname}-${ordinal}`]);
        await untilReady(current());
        assert.ok((await writer.stop()).acknowledged > 0, 'the writer wrote nothing');
      },
      ordinal === 0 ? noting(engine, 'lose a pod under a writer', 'real') : undefined,
    );
  }

  step(
    'takes a new setting',
    async ({ namespace }) => {
      await helmUpgrade(namespace, NAME, valuesOf(engine, 3, `${COMMON}max_connections = 77\n`));
      await untilReady(current());
      for (const pod of await podsOf(namespace, NAME)) {
        assert.deepEqual(await podSql(current(), nameOf(pod), 'SELECT @@max_connections'), [['77']]);
      }
      await writeRows(current(), 50);
    },
    noting(engine, 'take a new setting', 'real'),
  );
}

/** Makes the suite of an engine. */
export function engineLife(life: Life): void {
  scenario(life.engine.replace('.', '-'), (step) => {
    let release: Release | undefined;
    const current = (): Release => {
      assert.ok(release !== undefined, 'there is no release');
      return release;
    };

    step(
      `installs a primary and a replica of ${life.engine}, server ${life.server}, cloned by ${life.tool}`,
      async (world) => {
        release = await world.install(NAME, valuesOf(life.engine, 2));
        await writeRows(release, 100);
      },
      noting(life.engine, 'install and replicate', cloneMeans(life.engine)),
    );
    defineGrowth(step, life, current);
    defineDisturbances(step, life, current);
  });
}
