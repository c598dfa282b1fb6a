/**
 * A server upgrade on the cluster, under a writer: replicas first, every row kept; and what the engine table does not allow is refused by
 * helm while nothing has happened.
 */

import assert from 'node:assert/strict';
import type { EngineName } from '../../../schema/engines.ts';
import { nameOf } from '../../e2e/support/pods.ts';
import { say } from '../../e2e/support/progress.ts';
import { checkRefused } from '../../e2e/support/refusal.ts';
import { helmUpgrade, podsOf, SMALL, untilReady, type Overrides, type Release } from '../../e2e/support/release.ts';
import { scenario, type Step } from '../../e2e/support/scenario.ts';
import { podSql } from '../../e2e/support/sql.ts';
import { fill, Writer, writeRows } from '../../e2e/support/writer.ts';
import { noting } from './capabilities.ts';

const NAME = 'upgrade';
const DEADLINE = 600;

/** What is upgraded, and how one sees that it was. */
export interface Upgrade {
  readonly from: EngineName;
  /** The tag of an older image that it starts with; left out, the engine's own. */
  readonly fromTag?: string;
  readonly to: EngineName;
  /** The version of the real server in the newer engine's test image. */
  readonly server: RegExp;
  /** Engines to which helm must not take the newer one, and what it says. */
  readonly refused: readonly (readonly [engine: EngineName, message: RegExp])[];
}

/** Letting pages be written quickly shortens the wait of the stand-in for a quiet server. */
const COMMON = 'innodb_io_capacity = 4000\ninnodb_io_capacity_max = 8000\n';

const valuesOf = (engine: EngineName, tag?: string): Overrides => ({
  ...SMALL,
  engine,
  ...(tag !== undefined && { images: { server: { tag } } }),
  replicaCount: 3,
  config: { common: COMMON },
});

/** The version that the server of each pod says it is, without what its builders add. */
async function serverVersions(release: Release): Promise<readonly string[]> {
  const pods = await podsOf(release.namespace, release.name);
  const answers = await Promise.all(pods.map((pod) => podSql(release, nameOf(pod), "SELECT SUBSTRING_INDEX(VERSION(), '-', 1)")));
  return answers.map(([[version = ''] = []]) => version);
}

async function upgradeUnderWriter({ to }: Upgrade, release: Release): Promise<void> {
  const writer = await Writer.start(release);
  await helmUpgrade(release.namespace, NAME, valuesOf(to));
  await untilReady(release, DEADLINE);
  assert.ok((await writer.stop()).acknowledged > 0, 'the writer wrote nothing');
  const starts = (await podsOf(release.namespace, NAME)).map(({ status }) => status?.startTime?.getTime() ?? 0);
  assert.deepEqual(
    starts,
    [...starts].sort((a, b) => b - a),
    'the primary was not the last, or the replicas did not go one by one',
  );
}

/** All servers must be of the newer version, and none what it was. */
async function checkServers({ server }: Upgrade, release: Release, before: readonly string[]): Promise<void> {
  const after = await serverVersions(release);
  say(`      ${before.join(', ')} → ${after.join(', ')}`);
  for (const version of after) {
    assert.match(version, server);
    assert.ok(!before.includes(version), `nothing was upgraded: both images hold ${version}`);
  }
}

function defineUpgrade(step: Step, upgrade: Upgrade): void {
  const { from, fromTag, to, refused } = upgrade;
  let release: Release | undefined;
  const current = (): Release => {
    assert.ok(release !== undefined, 'there is no release');
    return release;
  };

  let before: readonly string[] = [];

  step(`installs ${from} with data`, async (world) => {
    release = await world.install(NAME, valuesOf(from, fromTag));
    before = await serverVersions(release);
    await fill(release, 20);
    await writeRows(release, 100);
  });

  step(
    `goes to ${from === to ? 'a newer build' : to} under a writer, replicas first, and keeps every row`,
    async (world) => {
      await upgradeUnderWriter(upgrade, current());
      release = world.upgraded(current(), to);
      await checkServers(upgrade, release, before);
      await writeRows(release, 100);
    },
    noting(to, from === to ? 'take a patch' : 'upgrade from an older series', 'real'),
  );

  for (const [engine, message] of refused) {
    step(`is not taken from ${to} to ${engine}`, () => checkRefused(current(), valuesOf(engine), message));
  }
}

/** Makes the suite of an upgrade. */
export function serverUpgrade(upgrade: Upgrade): void {
  scenario(`${upgrade.from === upgrade.to ? 'patch' : 'upgrade'}-${upgrade.from.replace('.', '-')}`, (step) => {
    defineUpgrade(step, upgrade);
  });
}
