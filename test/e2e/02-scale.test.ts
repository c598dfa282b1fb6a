/** Scaling up and down with data on board: the pods that stay notice nothing. */

import assert from 'node:assert/strict';
import { identityOf, nameOf } from './support/pods.ts';
import { helmUpgrade, podsOf, SMALL, untilReady, type Release } from './support/release.ts';
import { scenario } from './support/scenario.ts';
import { podSql } from './support/sql.ts';
import { fill, writeRows } from './support/writer.ts';

const NAME = 'scale';
const MEGABYTES = 200;

/** Changes the number of pods and fails when one that was there before and after is not the same one. */
async function scale(release: Release, replicaCount: number): Promise<void> {
  const before = await podsOf(release.namespace, NAME);
  await helmUpgrade(release.namespace, NAME, { ...SMALL, replicaCount });
  const after = await untilReady(release);
  assert.equal(after.length, replicaCount);
  const kept = Math.min(before.length, after.length);
  assert.deepEqual(after.slice(0, kept).map(identityOf), before.slice(0, kept).map(identityOf), 'a pod that stays was touched');
}

scenario('scale', (step) => {
  let release: Release;

  step(`starts with 3 pods and ${MEGABYTES} MB`, async (world) => {
    release = await world.install(NAME, { ...SMALL, replicaCount: 3 });
    await fill(release, MEGABYTES);
  });

  step('grows from 3 to 5', () => scale(release, 5));

  step('shrinks from 5 to 3', async () => {
    await scale(release, 3);
    await writeRows(release, 100);
  });

  step('grows from 3 to 4, over the volume of the fourth pod that was', async ({ namespace }) => {
    await scale(release, 4);
    for (const pod of await podsOf(namespace, NAME)) {
      assert.deepEqual(await podSql(release, nameOf(pod), 'SELECT COUNT(*) FROM app.filling'), [[String(MEGABYTES * 1000)]]);
    }
  });
});
