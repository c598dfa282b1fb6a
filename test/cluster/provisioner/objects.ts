/** The Kubernetes objects that the provisioner writes. */

import type { V1PersistentVolume, V1PersistentVolumeClaim, V1StorageClass } from '@kubernetes/client-node';

/** The name by which claims and volumes know this provisioner. */
export const PROVISIONER = 'mysql-sts.test/local';

/** Put on a claim by Kubernetes' volume controller: who is to provide its volume. */
export const ANSWERS_TO = 'volume.kubernetes.io/storage-provisioner';

/** Put on a volume by its provisioner: who is to remove it. */
const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';

/** The parameter of a storage class whose volumes are full when their size is used up. */
const SIZE_LIMITED = 'sizeLimited';

/** Put on a claim by the scheduler: the node of the pod that is to use it. */
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';

/** The classes of a cluster with one node, where it does not matter who comes first. */
export const STORAGE_CLASSES: readonly V1StorageClass[] = [
  storageClass('local', { isDefault: true, sizeLimited: false, mode: 'Immediate' }),
  storageClass('local-sized', { isDefault: false, sizeLimited: true, mode: 'Immediate' }),
];

/** The class of a cluster with several: a volume is made where its pod is put, and stays there. */
export const CLASSES_OF_NODES: readonly V1StorageClass[] = [
  storageClass('local', { isDefault: true, sizeLimited: false, mode: 'WaitForFirstConsumer' }),
];

interface ClassOptions {
  readonly isDefault: boolean;
  readonly sizeLimited: boolean;
  readonly mode: 'Immediate' | 'WaitForFirstConsumer';
}

function storageClass(name: string, { isDefault, sizeLimited, mode }: ClassOptions): V1StorageClass {
  return {
    metadata: { name, annotations: { 'storageclass.kubernetes.io/is-default-class': String(isDefault) } },
    provisioner: PROVISIONER,
    parameters: { [SIZE_LIMITED]: String(sizeLimited) },
    reclaimPolicy: 'Delete',
    volumeBindingMode: mode,
  };
}

/** Whether the class promises a full disk at the end of its size. */
export function isSizeLimited(storage: V1StorageClass): boolean {
  return storage.parameters?.[SIZE_LIMITED] === 'true';
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** The bytes that a quantity of storage means. */
export function bytesOf(quantity: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(quantity) ?? [];
  const factor = UNITS[unit];
  if (number === undefined || factor === undefined) throw new Error(`The size ${quantity} is not understood.`);
  return Math.ceil(Number(number) * factor);
}

/** Whether the claim waits for a volume of ours. */
export function awaitsVolume(claim: V1PersistentVolumeClaim): boolean {
  return (
    claim.status?.phase === 'Pending' &&
    claim.spec?.volumeName === undefined &&
    claim.metadata?.deletionTimestamp === undefined &&
    claim.metadata?.annotations?.[ANSWERS_TO] === PROVISIONER
  );
}

/** The node on which a claim's volume is to lie, once the scheduler has chosen one. */
export function nodeChosenFor(claim: V1PersistentVolumeClaim): string | undefined {
  return claim.metadata?.annotations?.[SELECTED_NODE];
}

/** Whether the volume is ours to remove: its claim is gone, and it is not to outlive it. */
export function awaitsRemoval(volume: V1PersistentVolume): boolean {
  return (
    volume.status?.phase === 'Released' &&
    volume.spec?.persistentVolumeReclaimPolicy === 'Delete' &&
    volume.metadata?.annotations?.[PROVISIONED_BY] === PROVISIONER
  );
}

/** Where a volume lies. */
export interface Place {
  readonly node: string;
  readonly path: string;
}

/** The volume that answers a claim, bound to it from the start so that no other claim can take it. */
export function volumeFor(
  claim: V1PersistentVolumeClaim,
  storage: V1StorageClass,
  name: string,
  { node, path }: Place,
): V1PersistentVolume {
  return {
    metadata: { name, annotations: { [PROVISIONED_BY]: PROVISIONER } },
    spec: {
      ...given('accessModes', claim.spec?.accessModes),
      ...given('capacity', claim.spec?.resources?.requests),
      ...given('persistentVolumeReclaimPolicy', storage.reclaimPolicy),
      ...given('storageClassName', claim.spec?.storageClassName),
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        ...given('namespace', claim.metadata?.namespace),
        ...given('name', claim.metadata?.name),
        ...given('uid', claim.metadata?.uid),
      },
      local: { path },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }],
        },
      },
    },
  };
}

/** A field, left out when there is nothing to put into it. */
function given<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  const field: Partial<Record<K, V>> = {};
  if (value !== undefined) field[key] = value;
  return field;
}
