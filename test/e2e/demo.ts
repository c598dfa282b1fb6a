/**
 * `make demo`: installs the chart, follows its pods, writes through the primary and shows that every replica has it.
 * What an earlier demonstration of the same engine left is used again.
 */

import { demoOptions, type DemoOptions } from './demo/options.ts';
import { followUntilReady } from './demo/follow.ts';
import { showMetrics } from './demo/metrics.ts';
import { reportCommands, reportPods, reportServices } from './demo/report.ts';
import { heading } from './demo/screen.ts';
import { writeAndAwait } from './demo/write.ts';
import { demoNamespace } from './demo/namespace.ts';
import { elapsed, say, stopwatch } from './support/progress.ts';
import { helmUpgrade, releaseNamed } from './support/release.ts';

const NAME = 'mysql-sts';

async function demonstrate(options: DemoOptions): Promise<void> {
  const { engine, method, values, note } = options;
  const seconds = stopwatch();
  heading(`One primary and two replicas of ${engine.name}, cloned by ${method}`);
  if (note !== undefined) say(`  Note: ${note}.`);
  const namespace = await demoNamespace(options);
  const settings = Object.keys(values).length === 0 ? 'default values' : JSON.stringify(values);
  say(`  helm upgrade --install ${NAME} ./chart --namespace ${namespace} (${settings})`);
  await helmUpgrade(namespace, NAME, values);
  const release = await releaseNamed(namespace, NAME, engine.name);
  heading('Pods');
  await followUntilReady(release);
  heading('Writing as the account "app"');
  await writeAndAwait(release);
  await reportPods(release, options);
  await reportServices(release);
  reportCommands(release);
  if (options.metrics) await showMetrics(release);
  say(`\n${elapsed(seconds())}  the demonstration is complete and stays as it is.`);
}

try {
  await demonstrate(demoOptions(process.env));
} catch (error) {
  process.stderr.write(`\ndemo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
