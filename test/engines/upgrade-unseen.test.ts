/**
 * A step that no server can take, rendered without a cluster to look at: the first replica refuses, the rollout stops there, and
 * reverting the value heals it. The servers are real; XtraBackup is a STAND-IN.
 */

import assert from 'node:assert/strict';
import type { EngineName } from '../../schema/engines.ts';
import { untilDescribed } from '../e2e/support/describe.ts';
import { kubectl } from '../e2e/support/kubernetes.ts';
import { identityOf, type Identity } from '../e2e/support/pods.ts';
import { run } from '../e2e/support/process.ts';
import { podsOf, releaseNamed, SMALL, untilReady, type Overrides, type Release } from '../e2e/support/release.ts';
import { scenario } from '../e2e/support/scenario.ts';
import { CHART } from '../e2e/support/tools.ts';
import { writeRows } from '../e2e/support/writer.ts';

const NAME = 'unseen';
/** What an upgrade of the engine changes. The Secrets of the first rendering stay, as those of a user would. */
const CHANGED = ['statefulset', 'configmap-server-scripts', 'configmap-shared-scripts'].flatMap((template) => [
  '--show-only',
  `templates/${template}.yaml`,
]);

const valuesOf = (engine: EngineName): Overrides => ({ ...SMALL, engine, replicaCount: 2 });

async function apply(namespace: string, engine: EngineName, only: readonly string[] = []): Promise<void> {
  const args = ['template', NAME, CHART, '--namespace', namespace, '--no-hooks', '--values', '-', ...only];
  const input = await run('helm', args, { input: JSON.stringify(valuesOf(engine)) });
  await kubectl(namespace, ['apply', '--server-side', '--filename', '-'], { input });
}

async function identities({ namespace }: Release): Promise<readonly Identity[]> {
  return (await podsOf(namespace, NAME)).map(identityOf);
}

scenario('upgrade-unseen', (step) => {
  let release: Release | undefined;
  let before: readonly Identity[] = [];
  const current = (): Release => {
    assert.ok(release !== undefined, 'there is no release');
    return release;
  };

  step('is applied as mysql-8.0, without helm install', async (world) => {
    await apply(world.namespace, 'mysql-8.0');
    release = world.adopt(await releaseNamed(world.namespace, NAME, 'mysql-8.0'));
    await untilReady(release);
    await writeRows(release, 100);
    before = await identities(release);
  });

  step('stops at the first replica when it is applied as mysql-9.7, and is healed by applying mysql-8.0', async ({ namespace }) => {
    await apply(namespace, 'mysql-9.7', CHANGED);
    const replica = `pod/${current().fullname}-1`;
    await untilDescribed(
      namespace,
      replica,
      /The volume holds data of mysql-8\.0 \(8\.0\.31\), which mysql-9\.7 cannot open\. Nothing was changed/,
    );
    const [primary] = await identities(current());
    assert.deepEqual(primary, before[0], 'the primary was touched');
    await writeRows(current(), 100);
    await apply(namespace, 'mysql-8.0', CHANGED);
    await untilReady(current());
    assert.deepEqual((await identities(current()))[0], before[0], 'the primary was touched');
  });
});
