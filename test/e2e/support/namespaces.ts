/** Namespaces that tests make and remove, with everything that is in them. */

import { hostname } from 'node:os';
import type { V1Namespace, V1PersistentVolume } from '@kubernetes/client-node';
import { apps, core, ifFound } from './kubernetes.ts';
import { run } from './process.ts';
import { condition, waitFor } from './progress.ts';

/** Labels that say who made a namespace, so that a later run can remove what an earlier one left. */
const HOST_LABEL = 'mysql-sts.test/host';
const PROCESS_LABEL = 'mysql-sts.test/process';

const REMOVAL_DEADLINE = 180;

/** Pods that ask for more than the strictest standard allows are refused. */
export const RESTRICTED = { 'pod-security.kubernetes.io/enforce': 'restricted' };

/** Makes a namespace with a name of its own. */
export async function makeNamespace(prefix: string): Promise<string> {
  const labels = { ...RESTRICTED, [HOST_LABEL]: hostname(), [PROCESS_LABEL]: String(process.pid) };
  const { metadata } = await core.createNamespace({ body: { metadata: { generateName: `${prefix}-`, labels } } });
  if (metadata?.name === undefined) throw new Error('Kubernetes made a namespace without a name.');
  return metadata.name;
}

/**
 * Removes a namespace: its releases, since they own objects outside of it, then all that is left, volumes included. What
 * a namespace is when it is deleted decides how often Kubernetes comes back to look at it, so it is emptied before.
 */
export async function removeNamespace(namespace: string): Promise<void> {
  await uninstallReleases(namespace);
  await apps.deleteCollectionNamespacedStatefulSet({ namespace, propagationPolicy: 'Orphan' });
  await core.deleteCollectionNamespacedPod({ namespace, gracePeriodSeconds: 1 });
  await untilGone(namespace, 'pods', () => core.listNamespacedPod({ namespace }));
  await core.deleteCollectionNamespacedPersistentVolumeClaim({ namespace });
  await deleteKeptVolumes(namespace);
  await untilGone(namespace, 'volumes', async () => ({ items: await volumesOf(namespace) }));
  await ifFound(core.deleteNamespace({ name: namespace }));
}

/** Removes the namespaces of test runs on this machine that have ended without doing so. */
export async function removeLeftovers(): Promise<void> {
  const { items } = await core.listNamespace({ labelSelector: `${HOST_LABEL}=${hostname()}` });
  for (const namespace of items.filter(isLeft)) await removeNamespace(namespace.metadata?.name ?? '');
}

/** The pods stay for now, since a release gives them more time for a good end than anybody here has. */
async function uninstallReleases(namespace: string): Promise<void> {
  const releases = await run('helm', ['list', '--short', '--namespace', namespace]);
  for (const release of releases.split('\n').filter((name) => name !== '')) {
    await run('helm', ['uninstall', release, '--namespace', namespace, '--no-hooks', '--cascade', 'orphan']);
  }
}

interface Listing {
  readonly items: readonly { metadata?: { name?: string } }[];
}

async function untilGone(namespace: string, what: string, list: () => Promise<Listing>): Promise<void> {
  await waitFor({
    what: `the end of all ${what} of namespace ${namespace}`,
    deadline: REMOVAL_DEADLINE,
    look: async () => {
      const { items } = await list();
      return condition(items.length === 0, `still there: ${items.map(({ metadata }) => metadata?.name ?? '').join(', ')}`);
    },
  });
}

/** Volumes that the chart made, and that it keeps as it should. */
async function deleteKeptVolumes(namespace: string): Promise<void> {
  for (const { metadata, spec } of await volumesOf(namespace)) {
    if (spec?.persistentVolumeReclaimPolicy !== 'Retain') continue;
    await ifFound(core.deletePersistentVolume({ name: metadata?.name ?? '' }));
  }
}

async function volumesOf(namespace: string): Promise<readonly V1PersistentVolume[]> {
  const { items } = await core.listPersistentVolume();
  return items.filter(({ spec }) => spec?.claimRef?.namespace === namespace);
}

function isLeft({ metadata }: V1Namespace): boolean {
  const maker = Number(metadata?.labels?.[PROCESS_LABEL]);
  try {
    process.kill(maker, 0);
    return false;
  } catch {
    return true;
  }
}
