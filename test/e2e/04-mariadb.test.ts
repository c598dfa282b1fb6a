/** MariaDB with its real backup tool, streamed over port 3307, under the tutorial's own names. */

import assert from 'node:assert/strict';
import { kubectl } from './support/kubernetes.ts';
import { helmUpgrade, untilReady, type Overrides, type Release } from './support/release.ts';
import { scenario } from './support/scenario.ts';
import { fill, writeRows } from './support/writer.ts';

const NAME = 'tutorial';
const VALUES: Overrides = { engine: 'mariadb-11.8', fullnameOverride: 'mysql', replicaCount: 2 };

scenario('mariadb', (step) => {
  let release: Release;

  step('installs a primary and a replica', async (world) => {
    release = await world.install(NAME, VALUES);
    await writeRows(release, 100);
  });

  step('clones a replica more from the data', async ({ namespace }) => {
    await fill(release, 50);
    await helmUpgrade(namespace, NAME, { ...VALUES, replicaCount: 3 });
    await untilReady(release);
    const log = await kubectl(namespace, ['logs', 'mysql-2', '--container', 'clone-mysql']);
    assert.match(log, /received [0-9]+ MiB from mysql-[01]/);
  });

  for (const ordinal of [1, 0]) {
    step(`takes pod ${ordinal} back after it was deleted`, async ({ namespace }) => {
      await kubectl(namespace, ['delete', 'pod', `mysql-${ordinal}`]);
      await untilReady(release);
      await writeRows(release, 100);
    });
  }
});
