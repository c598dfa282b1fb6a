/**
 * The tutorial's own set-up, from the values file of examples/tutorial to the commands by which the page verifies that it works. What
 * this cluster has no means for is replaced: hostPath folders stand for the NFS export, and the images come by their own names. The
 * server is a real 5.7.22; XtraBackup and the client programs are STAND-INs.
 */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { core, kubectl } from '../e2e/support/kubernetes.ts';
import type { Overrides, Release } from '../e2e/support/release.ts';
import { scenario } from '../e2e/support/scenario.ts';
import { checkRoute } from '../e2e/support/services.ts';
import { ROOT } from '../e2e/support/tools.ts';
import { emptyVolumeOf } from '../e2e/support/volumes.ts';
import { noting } from './support/capabilities.ts';
import { Terminal } from './support/page.ts';

const VALUES = join(ROOT, 'examples/tutorial/values.yaml');
const PAGES = [
  { page: 'docs/tutorial.md', heading: '6. Verify' },
  { page: 'docs/tutorial.zh.md', heading: '6. 验证' },
] as const;
const PODS = [0, 1, 2];

function adapted(namespace: string): Overrides {
  return {
    engine: 'mysql-5.7',
    global: { imageRegistry: '' },
    storage: { static: { source: { kind: 'hostPath', hostPath: { path: `/run/mysql-sts-e2e/${namespace}` } } } },
  };
}

async function checkBinding(namespace: string, ordinal: number): Promise<void> {
  const claim = await core.readNamespacedPersistentVolumeClaim({ namespace, name: `data-mysql-${ordinal}` });
  const { spec } = await core.readPersistentVolume({ name: claim.spec?.volumeName ?? '' });
  assert.equal(spec?.hostPath?.path, `/run/mysql-sts-e2e/${namespace}/mysql-datadir-${ordinal + 1}`);
}

async function verify(release: Release, { page, heading }: (typeof PAGES)[number]): Promise<void> {
  const output = await new Terminal(release.namespace).run(page, heading);
  assert.equal([...output.matchAll(/^mysql-[012] +2\/2 +Running/gm)].length, 3, output);
  assert.equal([...output.matchAll(/Slave_IO_Running: Yes\n *Slave_SQL_Running: Yes/g)].length, 2, output);
  assert.equal([...output.matchAll(/Master_Host: mysql-0\.mysql$/gm)].length, 2, output);
  assert.match(output, /^mysql-[12]\thello$/m, output);
}

scenario(
  'tutorial',
  (step) => {
    let release: Release | undefined;
    const current = (): Release => {
      assert.ok(release !== undefined, 'there is no release');
      return release;
    };

    step('installs the example, on folders that were made as root', async (world) => {
      release = await world.install('mysql', adapted(world.namespace), [VALUES]);
      assert.equal(release.fullname, 'mysql');
      const log = await kubectl(world.namespace, ['logs', 'mysql-1', '--container', 'fix-ownership']);
      assert.match(log, /the volume's folder belonged to 0:0 and is now the server's, 999:999/);
    });

    step('binds the volumes in their order', async ({ namespace }) => {
      for (const ordinal of PODS) await checkBinding(namespace, ordinal);
    });

    step(
      'stands what the page verifies, in English and in Chinese',
      async () => {
        await checkRoute(current(), 'primary', [0]);
        await checkRoute(current(), 'read', [1, 2]);
        for (const page of PAGES) await verify(current(), page);
      },
      noting('mysql-5.7', 'the tutorial as an example', 'stand-in'),
    );

    step('leaves the folders empty for the next run', async (world) => {
      await world.uninstall(current());
      for (const ordinal of PODS) await emptyVolumeOf(current(), `mysql-${ordinal}`);
    });
  },
  'baseline',
);
