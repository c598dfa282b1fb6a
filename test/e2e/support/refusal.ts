/** Upgrades that helm must refuse. */

import assert from 'node:assert/strict';
import { identityOf } from './pods.ts';
import { attempt } from './process.ts';
import { podsOf, type Overrides, type Release } from './release.ts';
import { CHART } from './tools.ts';

/** Helm must refuse with these words, keep the revision that it has, and no pod may notice. */
export async function checkRefused({ namespace, name }: Release, values: Overrides, message: RegExp): Promise<void> {
  const state = async (): Promise<readonly unknown[]> => [
    ...(await podsOf(namespace, name)).map(identityOf),
    (await attempt('helm', ['history', name, '--namespace', namespace, '--output', 'json'])).stdout,
  ];
  const before = await state();
  const args = ['upgrade', name, CHART, '--namespace', namespace, '--values', '-'];
  const { status, stderr } = await attempt('helm', args, { input: JSON.stringify(values) });
  assert.equal(status, 1);
  assert.match(stderr, message);
  assert.deepEqual(await state(), before);
}
