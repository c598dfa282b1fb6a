/** `ct install`: values files of the chart, each installed, tested by `helm test` and removed by chart-testing. */

import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './support/process.ts';
import { watchPods } from './support/release.ts';
import { scenario } from './support/scenario.ts';
import { CHART, ROOT } from './support/tools.ts';

/** Those that any cluster can run and no other test does. The others name registries, servers and folders of examples. */
const VALUES = ['ephemeral-single-values.yaml', 'mariadb-values.yaml'];
const DEADLINE = 600;

scenario('ct-install', (step) => {
  step(`installs and tests ${VALUES.join(' and ')}`, async ({ namespace }) => {
    const folder = await mkdtemp(join(tmpdir(), 'mysql-sts-ct-'));
    try {
      const chart = join(folder, 'mysql-sts');
      await cp(CHART, chart, { recursive: true });
      for (const file of await readdir(join(chart, 'ci'))) if (!VALUES.includes(file)) await rm(join(chart, 'ci', file));
      const output = await watchPods(namespace, ctInstall(chart, namespace));
      for (const file of VALUES) assert.match(output, new RegExp(`with values file ".*/ci/${file}"`));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

function ctInstall(chart: string, namespace: string): Promise<string> {
  const where = ['--charts', chart, '--namespace', namespace, '--release-label', 'app.kubernetes.io/instance'];
  const patience = ['--helm-extra-args', '--timeout 300s'];
  return run('ct', ['install', '--config', join(ROOT, 'ct.yaml'), ...where, ...patience], { deadline: DEADLINE });
}
