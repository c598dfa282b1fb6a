/** Two releases in one namespace whose names are too long for what is derived from them. */

import assert from 'node:assert/strict';
import { SMALL, type Release } from './support/release.ts';
import { scenario } from './support/scenario.ts';
import { checkRoute } from './support/services.ts';
import { writeRows } from './support/writer.ts';

const LONG = 'a-release-name-as-long-as-helm-permits-it-to-be';

scenario('names', (step) => {
  const releases: Release[] = [];

  step('two releases with long names install side by side', async (world) => {
    const values = { ...SMALL, replicaCount: 2 };
    releases.push(...(await Promise.all(['one', 'two'].map((end) => world.install(`${LONG}-${end}`, values)))));
    const [one, two] = releases.map(({ fullname }) => fullname);
    assert.notEqual(one, two);
  });

  step('each keeps to itself', async () => {
    for (const release of releases) {
      await checkRoute(release, 'primary', [0]);
      await checkRoute(release, 'read', [1]);
      await writeRows(release, releases.indexOf(release) + 10);
    }
  });
});
