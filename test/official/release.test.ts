/** The life of a release with whatever images the cluster has under the names of the official ones. */

import assert from 'node:assert/strict';
import { kubectl } from '../e2e/support/kubernetes.ts';
import { nameOf } from '../e2e/support/pods.ts';
import { run } from '../e2e/support/process.ts';
import { helmUpgrade, podsOf, SMALL, untilReady, type Overrides, type Release } from '../e2e/support/release.ts';
import { scenario } from '../e2e/support/scenario.ts';
import { podSql } from '../e2e/support/sql.ts';
import { say } from '../e2e/support/progress.ts';
import { writeRows } from '../e2e/support/writer.ts';
import { officialValues } from './values.ts';

const NAME = 'official';
const { engine, clone } = officialValues(process.env);
const valuesOf = (replicaCount: number): Overrides => ({ ...SMALL, engine, clone: { method: clone.method }, replicaCount });

scenario(NAME, (step) => {
  let release: Release | undefined;
  const current = (): Release => {
    assert.ok(release !== undefined, 'there is no release');
    return release;
  };

  step(`installs a primary and a replica of ${engine}, cloned by ${clone.method}`, async (world) => {
    release = await world.install(NAME, valuesOf(2));
    for (const pod of await podsOf(world.namespace, NAME)) {
      const [[version] = []] = await podSql(current(), nameOf(pod), 'SELECT VERSION()');
      say(`       ${nameOf(pod)} runs ${String(version)}`);
    }
    await writeRows(current(), 100);
  });

  step('grows to three pods with rows on board', async ({ namespace }) => {
    await helmUpgrade(namespace, NAME, valuesOf(3));
    await untilReady(current());
    await writeRows(current(), 100);
  });

  step('takes a replica back whose volume is gone', async ({ namespace }) => {
    const pod = `${current().fullname}-2`;
    await kubectl(namespace, ['delete', `pvc/data-${pod}`, '--wait=false']);
    await kubectl(namespace, ['delete', `pod/${pod}`]);
    await untilReady(current());
  });

  step('passes helm test', async ({ namespace }) => {
    await run('helm', ['test', NAME, '--namespace', namespace]);
  });
});
