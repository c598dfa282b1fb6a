/** Single passes of a replica's agent, one at a time, beside a primary that runs as it would. */

import * as assert from 'uvu/assert';
import type { Outcome } from './container.ts';
import type { Pod } from './pod.ts';
import { defaultMethod, restorePair } from './prepared.ts';
import { makeRelease, type Release } from './release.ts';
import { withFunctions } from './shell.ts';
import { sql } from './sql.ts';
import { until } from './wait.ts';
import type { EngineName } from '../../../schema/engines.ts';

/** A primary with its agent, and a replica that follows it, whose agent is the test. */
export interface Passes {
  readonly release: Release;
  readonly primary: Pod;
  readonly replica: Pod;
}

/** Environment variables of a pass that differ from the default values. */
export type PassEnvironment = Readonly<Record<string, string>>;

/** No patience before a repair. */
export const AT_ONCE = { RECOVERY_AFTER: '0s' };
/** Everything that the values can allow, at once. */
export const REPAIR = { ...AT_ONCE, ON_PURGED_BINLOGS: 'reclone', ON_ERRANT_TRANSACTIONS: 'reclone', ON_STOPPED_REPLICATION: 'start' };

const PASS = { command: ['bash', '/opt/mysql-sts/run/pass.sh'], image: 'clone', mounts: ['token'] } as const;

/** Runs one pass on the replica to its end. */
export function pass({ replica }: Passes, environment: PassEnvironment = {}): Promise<Outcome> {
  return replica.launch('pass', PASS, environment).end(60);
}

/** Runs passes until one has nothing left to do, and the replica follows. */
export async function settled(passes: Passes): Promise<void> {
  let last = '';
  const follows = async (): Promise<boolean> => {
    const { status, output } = await pass(passes);
    last = output;
    return status === 0 && replicating(passes) === 'Replicating';
  };
  const why = (): string =>
    `The replica is ${replicating(passes)}. ${passes.release.api.messages.get(`${passes.replica.name} mysql-sts/Replicating`) ?? ''}\n${last}`;
  await until('a pass finds that the replica follows', follows, { why, seconds: 12 });
}

/** The reason of the replica's condition, as kubectl shows it. */
export function replicating({ release, replica }: Passes): string {
  return release.api.conditions.get(`${replica.name} mysql-sts/Replicating`) ?? 'unknown';
}

/** What was written to the API about the replica. */
export function reports({ release, replica }: Passes): number {
  return release.api.paths('PATCH').filter((path) => path.includes(`/${replica.name}/`)).length;
}

/** Makes the next pass ask the primary. */
export async function forgetAnswers(passes: Passes): Promise<void> {
  await withFunctions(passes.replica, 'sed --in-place \'/^asked/d\' "$STATE/memory"', { container: 'mysql' });
}

/** What the replica's server says of its replication. */
export async function replicaStatus({ replica }: Passes): Promise<string> {
  const { engine } = replica.release;
  const command = [engine.clientBinary, '--defaults-file=/run/mysql-sts/agent.cnf', '--vertical'];
  return (await replica.container('mysql').exec(command, { input: `${engine.sql.showReplicaStatus};` })).output;
}

export async function untilStatus(passes: Passes, pattern: RegExp): Promise<void> {
  let last = '';
  const look = async (): Promise<boolean> => {
    last = await replicaStatus(passes);
    return pattern.test(last);
  };
  await until(`the replica's status has ${String(pattern)}`, look, { why: () => last });
}

/** Makes a release with a replica that follows. */
export async function startPasses(engine: EngineName): Promise<Passes> {
  const release = await makeRelease({ engine, method: defaultMethod(engine) });
  const { primary, replica } = await restorePair(release);
  await sql(primary, 'CREATE TABLE app.t (id INT AUTO_INCREMENT PRIMARY KEY); INSERT INTO app.t VALUES ()');
  await replica.startServer();
  const passes = { release, primary, replica };
  await settled(passes);
  assert.is((await replica.probe('ready')).status, 0);
  return passes;
}
