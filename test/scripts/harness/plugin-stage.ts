/** A stage for attempts to clone by MySQL's plugin: a real donor, and a pod whose receiving server is made. */

import * as assert from 'uvu/assert';
import type { Outcome } from './container.ts';
import { STAND_IN_SETTINGS as PLUGIN_SETTINGS } from './donor.ts';
import { ISLAND_ROOT } from './island.ts';
import type { Pod } from './pod.ts';
import { restorePrimary } from './prepared.ts';
import { makeRelease, type Release } from './release.ts';
import { startShell, withFunctions } from './shell.ts';
import { sql } from './sql.ts';
import { exists } from './volumes.ts';
import { until } from './wait.ts';

const MYSQL = { engine: 'mysql-9.7', method: 'plugin' } as const;
/** The status by which an attempt says that the donor cannot serve now. */
export const NOT_READY = 75;
/** How many rows the donor has in app.t. */
export const ROWS = 3;

/** A release with a donor and a pod that clones from it. */
export interface Stage {
  readonly release: Release;
  readonly donor: Pod;
  /** A pod with a receiving server, ready for attempts. */
  readonly receiver: Pod;
}

/** The donor has no agent, so what a test does to it stays; it was started without the settings that keep MyISAM out. */
async function startDonor(release: Release): Promise<Pod> {
  const donor = await release.pod(0);
  await donor.configure(PLUGIN_SETTINGS);
  await restorePrimary(release);
  await donor.initialise();
  await serve(donor);
  await sql(donor, 'CREATE TABLE app.t (a INT PRIMARY KEY); INSERT INTO app.t VALUES (1), (2), (3);');
  return donor;
}

/** Starts the donor's server, and lets it be written to. */
export async function serve(donor: Pod): Promise<void> {
  const server = donor.start('mysql', { CLONE_METHOD: 'xtrabackup' });
  await until('the donor answers', async () => !server.running || (await donor.probe('alive')).status === 0, { why: () => server.tail });
  await sql(donor, 'SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF;');
}

/** How an attempt ended, and why it refused. */
export interface Attempt extends Outcome {
  readonly refusal: string;
}

/** One attempt, as clone-mysql.sh makes it. */
export async function attempt(
  { receiver, release }: Stage,
  donor: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Attempt> {
  const command = ['bash', '/opt/mysql-sts/run/clone-plugin.sh', donor];
  const outcome = await receiver
    .container('shell')
    .exec(command, { seconds: 60, environment: { ...release.environment(receiver.ordinal), ...environment } });
  const { output } = await receiver.container('shell').exec(['bash', '-c', 'cat /run/mysql-sts/refusal; rm -f /run/mysql-sts/refusal']);
  return { ...outcome, refusal: output };
}

/** How many servers run in the pod's shell. */
export function servers(pod: Pod): number {
  return pod
    .container('shell')
    .processes()
    .filter(({ command }) => command.startsWith('mysqld')).length;
}

/** One attempt that must refuse, and leave nothing behind. */
export async function refused(
  stage: Stage,
  donor: string,
  status: number,
  reason: RegExp,
  environment?: Readonly<Record<string, string>>,
): Promise<void> {
  const result = await attempt(stage, donor, environment);
  assert.match(result.refusal, reason, `${result.refusal}\n${result.output}`);
  assert.is(result.status, status, result.output);
  assert.is(servers(stage.receiver), 0, 'no server is left behind');
  assert.not.ok(exists(stage.receiver, 'staging', 'record'), 'nothing is called complete');
}

/** Makes a release whose donor is written to, and whose second pod has a receiving server. */
export async function makeStage(): Promise<Stage> {
  const release = await makeRelease(MYSQL);
  const receiver = await release.pod(1);
  await receiver.limitVolume(1000);
  assert.is((await receiver.run('init-mysql')).status, 0);
  startShell(receiver, 'clone');
  const [donor, { status, output }] = await Promise.all([
    startDonor(release),
    withFunctions(receiver, 'bash /opt/mysql-sts/run/make-receiver.sh'),
  ]);
  assert.is(status, 0, output);
  return { release, donor, receiver };
}

/** Removes what earlier attempts left on the receiver's volume. */
export async function forgetCopy(release: Release): Promise<void> {
  await release.island.run('rm', '-rf', `${ISLAND_ROOT}/${release.name}/db-1/volume/staging`);
}
