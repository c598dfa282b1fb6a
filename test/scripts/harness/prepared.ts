/**
 * Instances that were made once by the scripts themselves and are copied wherever a test begins with one. Processes of one run share
 * them in the folder MYSQL_STS_SHARED; a process that runs alone keeps them on its island.
 */

import { ENGINES, type CloneMethod, type EngineName } from '../../../schema/engines.ts';
import { ISLAND_ROOT, island } from './island.ts';
import type { Pod } from './pod.ts';
import { withRelease, type Release } from './release.ts';
import { record } from './volumes.ts';

/** Volumes, as the island's processes see them. */
export interface PreparedPair {
  readonly primary: string;
  readonly replica: string;
  readonly cluster: string;
}

/** A volume with a fresh primary. */
export interface PreparedPrimary {
  readonly primary: string;
  readonly cluster: string;
}

const primaries = new Map<EngineName, Promise<PreparedPrimary>>();
const pairs = new Map<EngineName, Promise<PreparedPair>>();

function remember<T>(known: Map<EngineName, Promise<T>>, engine: EngineName, make: () => Promise<T>): Promise<T> {
  const result = known.get(engine) ?? make();
  known.set(engine, result);
  return result;
}

/** The method by which an engine's prepared replicas were cloned. */
export function defaultMethod(engine: EngineName): CloneMethod {
  const row = ENGINES.find(({ name }) => name === engine);
  if (row === undefined) throw new Error(`There is no engine ${engine}.`);
  return row.cloneMethods[0];
}

const FOLDER = process.env['MYSQL_STS_SHARED'] ?? ISLAND_ROOT;

/** The folder of that name, which `make` fills unless it is there. Of two processes that fill it at once, the first one counts. */
export async function prepared(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const machine = await island();
  const folder = `${FOLDER}/prepared-${name}`;
  const isThere = (): Promise<boolean> =>
    machine.run('test', '-d', folder).then(
      () => true,
      () => false,
    );
  if (await isThere()) return folder;
  const part = `${folder}.${process.pid}`;
  await machine.run('mkdir', part);
  await make(part);
  await machine.run('mv', '--no-target-directory', part, folder).catch(async (error: unknown) => {
    if (!(await isThere())) throw error;
    await machine.run('rm', '--recursive', part);
  });
  return folder;
}

/** Copies a pod's volume and the number of its cluster. */
async function keep(pod: Pod, folder: string, name: string): Promise<void> {
  const machine = await island();
  await machine.run('cp', '--archive', `${ISLAND_ROOT}/${pod.release.name}/${pod.name}/volume`, `${folder}/${name}`);
  await machine.run('bash', '-c', 'printf %s "$1" > "$2"', '-', record(pod)['cluster'] ?? '', `${folder}/cluster`);
}

async function clusterIn(folder: string): Promise<string> {
  return (await island()).run('cat', `${folder}/cluster`);
}

/** A primary as init-mysql leaves it. */
export function preparedPrimary(engine: EngineName): Promise<PreparedPrimary> {
  return remember(primaries, engine, async () => {
    const folder = await prepared(`${engine}-primary`, (part) =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        const pod = await release.pod(0);
        await pod.initialise();
        await keep(pod, part, 'primary');
      }),
    );
    return { primary: `${folder}/primary`, cluster: await clusterIn(folder) };
  });
}

/** A primary and a clone of it, both shut down; the clone never replicated yet. */
export function preparedPair(engine: EngineName): Promise<PreparedPair> {
  return remember(pairs, engine, async () => {
    const folder = await prepared(`${engine}-pair`, (part) =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        const primary = await startPrimary(release);
        const replica = await release.pod(1);
        await replica.initialise();
        await primary.container('agent').stop();
        await primary.container('mysql').stop();
        await keep(replica, part, 'replica');
        await keep(primary, part, 'primary');
      }),
    );
    return { primary: `${folder}/primary`, replica: `${folder}/replica`, cluster: await clusterIn(folder) };
  });
}

/** Gives a release's primary the prepared volume. */
export function restorePrimary(release: Release): Promise<Pod> {
  return restorePod(release, 0);
}

/** Gives any pod of a release the prepared primary's volume. */
export async function restorePod(release: Release, ordinal: number): Promise<Pod> {
  const { primary, cluster } = await preparedPrimary(release.engine.name);
  return restore(release, ordinal, primary, cluster);
}

async function restore(release: Release, ordinal: number, volume: string, cluster: string): Promise<Pod> {
  const pod = await release.pod(ordinal);
  await pod.restore(volume);
  release.api.claims.set(`data-db-${ordinal}`, { 'mysql-sts/holds-data': cluster });
  return pod;
}

/** A running primary with its agent, from the prepared volume. */
export async function startPrimary(release: Release): Promise<Pod> {
  const pod = await restorePrimary(release);
  await pod.initialise();
  await pod.startReady();
  return pod;
}

/** One more replica with a prepared clone's volume, beside those of {@link restorePair}. */
export async function restoreReplica(release: Release, ordinal: number): Promise<Pod> {
  const { replica, cluster } = await preparedPair(release.engine.name);
  return restore(release, ordinal, replica, cluster);
}

/** A running primary with its agent, and a replica whose containers were not started yet. */
export async function restorePair(release: Release): Promise<{ readonly primary: Pod; readonly replica: Pod }> {
  const pair = await preparedPair(release.engine.name);
  const primary = await restore(release, 0, pair.primary, pair.cluster);
  const replica = await restore(release, 1, pair.replica, pair.cluster);
  await Promise.all([primary.initialise(), replica.initialise()]);
  await primary.startReady();
  return { primary, replica };
}
