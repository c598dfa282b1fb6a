/**
 * Kills the node of the primary again and again under a writer, and prints the seconds without an acknowledged row:
 *
 *     KILLS=20 ENGINE=mysql-9.7 node --import tsx test/nodes/kills.ts
 */

import { checkSameEverywhere } from '../e2e/support/compare.ts';
import { demoOptions } from '../e2e/demo/options.ts';
import { makeNamespace, removeLeftovers, removeNamespace } from '../e2e/support/namespaces.ts';
import { say } from '../e2e/support/progress.ts';
import { install, SMALL, type Release } from '../e2e/support/release.ts';
import { Writer } from '../e2e/support/writer.ts';
import { killAndRevive } from './support/kill.ts';
import { requireNodes } from './support/machines.ts';

const KILLS = 20;

/** Kills once, compares all pods, and gives the seconds. */
async function killOnce(release: Release): Promise<number> {
  const writer = await Writer.start(release);
  try {
    await killAndRevive(release, () => undefined);
  } catch (error) {
    await writer.stop().catch(() => undefined);
    throw error;
  }
  const { longestPause } = await writer.stop();
  await checkSameEverywhere(release);
  return longestPause;
}

function report(pauses: readonly number[], release: Release): void {
  const sorted = [...pauses].sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  const seconds = (value: number | undefined): string => `${(value ?? NaN).toFixed(1)} s`;
  say(`${pauses.length} kills: p50 ${seconds(median)}, max ${seconds(sorted.at(-1))}; all: ${sorted.map(seconds).join(', ')}`);
  say(`${release.ledger.size} rows were acknowledged, and every pod has each of them`);
}

requireNodes();
await removeLeftovers();
const { engine } = demoOptions(process.env);
const times = Number(process.env['KILLS'] ?? '') || KILLS;
const namespace = await makeNamespace('kills');
try {
  const scheduling = { antiAffinity: 'required' } as const;
  const release = await install(namespace, 'kills', { ...SMALL, engine: engine.name, failover: { mode: 'automatic' }, scheduling });
  const pauses: number[] = [];
  for (let kill = 1; kill <= times; kill++) {
    say(`kill ${kill} of ${times}`);
    pauses.push(await killOnce(release));
    report(pauses, release);
  }
} finally {
  await removeNamespace(namespace);
}
