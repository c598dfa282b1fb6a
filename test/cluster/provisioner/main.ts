/**
 * Gives each claim on the test cluster a `local` volume, and takes it away when the claim is gone.
 *
 *     node --import tsx main.ts KUBECONFIG FOLDER [NODE]
 *
 * Without a node, each claim gets its volume on the node that the scheduler has chosen, below FOLDER/<node>.
 * Kubernetes' own volumes of kind hostPath do not serve: the kubelet does not apply `fsGroup` to them, so that a server
 * which is not root could not write. To volumes of kind `local` it does, as to a cloud's.
 */

import {
  ApiException,
  CoreV1Api,
  KubeConfig,
  StorageV1Api,
  makeInformer,
  type Informer,
  type KubernetesObject,
  type V1PersistentVolume,
  type V1PersistentVolumeClaim,
} from '@kubernetes/client-node';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  CLASSES_OF_NODES,
  PROVISIONER,
  STORAGE_CLASSES,
  awaitsRemoval,
  awaitsVolume,
  bytesOf,
  isSizeLimited,
  nodeChosenFor,
  volumeFor,
} from './objects.ts';
import { Volumes } from './volumes.ts';

const RECONNECT_MS = 500;

const [kubeconfig, root, onlyNode] = process.argv.slice(2);
if (kubeconfig === undefined || root === undefined) {
  throw new Error('Usage: main.ts KUBECONFIG FOLDER [NODE]');
}

const config = new KubeConfig();
config.loadFromFile(kubeconfig);
const core = config.makeApiClient(CoreV1Api);
const storage = config.makeApiClient(StorageV1Api);
/** Objects that are being worked on; an event for one of them says nothing new. */
const busy = new Set<string>();

function log(sentence: string): void {
  process.stdout.write(`${new Date().toISOString()} ${sentence}\n`);
}

/** Lets an answer of the API with this status count as success, and says whether it was another one. */
async function unless(status: number, call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (!(error instanceof ApiException && error.code === status)) throw error;
    return false;
  }
}

/** The volumes of a node. */
function volumesOn(node: string): Volumes {
  return new Volumes(onlyNode === undefined ? join(root ?? '', node, 'volumes') : (root ?? ''));
}

/** Whether a claim can be given its volume now. */
function isDue(claim: V1PersistentVolumeClaim): boolean {
  return awaitsVolume(claim) && (onlyNode ?? nodeChosenFor(claim)) !== undefined;
}

async function provide(claim: V1PersistentVolumeClaim): Promise<void> {
  const name = `pvc-${claim.metadata?.uid ?? ''}`;
  const request = claim.spec?.resources?.requests?.['storage'];
  const className = claim.spec?.storageClassName;
  const node = onlyNode ?? nodeChosenFor(claim);
  if (request === undefined || className === undefined || node === undefined) return;
  // A claim is seen again until it is bound, when the kubelet may have opened the volume to a pod already.
  if (await unless(404, core.readPersistentVolume({ name }))) return;
  const volumes = volumesOn(node);
  const storageClass = await storage.readStorageClass({ name: className });
  await volumes.create({ name, bytes: bytesOf(request), sizeLimited: isSizeLimited(storageClass) });
  const volume = volumeFor(claim, storageClass, name, { node, path: volumes.folder(name) });
  await unless(409, core.createPersistentVolume({ body: volume }));
  log(`Made ${name} of ${request} for ${claim.metadata?.namespace ?? ''}/${claim.metadata?.name ?? ''}.`);
}

async function take(volume: V1PersistentVolume): Promise<void> {
  const name = volume.metadata?.name ?? '';
  await new Volumes(dirname(volume.spec?.local?.path ?? '')).remove(name);
  await unless(404, core.deletePersistentVolume({ name }));
  log(`Removed ${name}.`);
}

/** Works on an object once at a time, and tries again for as long as it fails. */
async function settle<T extends KubernetesObject>(object: T, due: (o: T) => boolean, work: (o: T) => Promise<void>): Promise<void> {
  const key = object.metadata?.uid ?? '';
  if (!due(object) || busy.has(key)) return;
  busy.add(key);
  try {
    await work(object);
  } catch (error) {
    log(`${object.metadata?.name ?? ''}: ${String(error)}`);
    await delay(RECONNECT_MS);
    setImmediate(() => void settle(object, due, work));
  } finally {
    busy.delete(key);
  }
}

/** Follows all objects of a kind, over restarts of the API. */
function follow<T extends KubernetesObject>(informer: Informer<T>, due: (o: T) => boolean, work: (o: T) => Promise<void>): void {
  const handle = (object: T): void => void settle(object, due, work);
  informer.on('add', handle);
  informer.on('update', handle);
  const start = (): void => {
    informer.start().catch(again);
  };
  const again = (error: unknown): void => {
    log(`The watch ended and starts again: ${String(error)}`);
    setTimeout(start, RECONNECT_MS);
  };
  informer.on('error', again);
  start();
}

follow(
  makeInformer<V1PersistentVolumeClaim>(config, '/api/v1/persistentvolumeclaims', () => core.listPersistentVolumeClaimForAllNamespaces()),
  isDue,
  provide,
);
follow(
  makeInformer<V1PersistentVolume>(config, '/api/v1/persistentvolumes', () => core.listPersistentVolume()),
  awaitsRemoval,
  take,
);
for (const body of onlyNode === undefined ? CLASSES_OF_NODES : STORAGE_CLASSES) await unless(409, storage.createStorageClass({ body }));
log(`${PROVISIONER} makes volumes below ${root}.`);
