/** A published chart is installed from its registry, by both majors of Helm, as docs/publish.md says. */

import assert from 'node:assert/strict';
import { kubectl } from './support/kubernetes.ts';
import { run } from './support/process.ts';
import { releaseNamed, SMALL, uninstall, untilReady } from './support/release.ts';
import { scenario } from './support/scenario.ts';
import { writeRows } from './support/writer.ts';
import { packChanged } from '../publish/support/charts.ts';
import { Desk } from '../publish/support/publisher.ts';
import { Registry } from '../publish/support/registry.ts';
import { HELMS } from '../support/helm.ts';
import { DEFAULTS } from '../../schema/defaults.ts';

const VERSION = '0.1.0';

interface Shop {
  readonly registry: Registry;
  readonly desk: Desk;
}

/** Publishes the chart for the time of some work. */
async function withPublishedChart(work: (shop: Shop) => Promise<void>): Promise<void> {
  const [registry, desk] = [await Registry.start(), new Desk()];
  try {
    await desk.makeKey();
    const archive = await packChanged(desk.folder, 'own.tgz', {});
    const { status, stdout, stderr } = await desk.publish({ address: registry.address, archive });
    assert.equal(status, 0, `${stdout}${stderr}`);
    await work({ registry, desk });
  } finally {
    desk.clear();
    await registry.stop();
  }
}

scenario('oci', (step) => {
  for (const helm of HELMS) {
    step(`${helm} installs from the registry`, async (world) => {
      const { namespace } = world;
      await withPublishedChart(async ({ registry, desk }) => {
        const chart = [`oci://${registry.address}/charts/mysql-sts`, '--version', VERSION, '--plain-http'];
        await run(helm, ['install', helm, ...chart, '--namespace', namespace, '--values', '-'], {
          input: JSON.stringify({ ...SMALL, replicaCount: 2 }),
          environment: desk.login(registry.address),
        });
      });
      const release = world.adopt(await releaseNamed(namespace, helm, DEFAULTS.engine));
      await untilReady(release);
      await writeRows(release, 20);
      await world.check();
      world.expectBroken(release);
      await uninstall(release);
      await kubectl(namespace, ['delete', 'persistentvolumeclaims', '--all']);
    });
  }
});
