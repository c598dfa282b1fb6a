import type { Annotations, ByteQuantity, Integer, Labels, OptionalByteQuantity, OptionalPath, OptionalReference } from './scalars.ts';

/** Where the data directories live. */
export interface Storage {
  /**
   * Where the volumes come from.
   * @choices
   * dynamic: a storage class makes each pod's volume
   * static: the chart makes volumes over NFS or a node's folders, as the tutorial does
   * ephemeral: none; everything is forgotten with the pod, for tests
   */
  readonly kind: 'dynamic' | 'static' | 'ephemeral';

  /** Size of each pod's volume; a copy of the whole data must fit beside it when a replica is cloned again. */
  readonly size: ByteQuantity;

  /** Storage class of the claims; empty: `global.storageClassName`, then the cluster's default, for static: none. */
  readonly storageClassName: OptionalReference;

  /**
   * How a volume may be mounted.
   * @minItems 1
   */
  readonly accessModes: readonly AccessMode[];

  /** Labels of each pod's claim, beside the chart's own, by which costs are counted and snapshots are taken. */
  readonly labels: Labels;

  /** Annotations of each pod's claim. */
  readonly annotations: Annotations;

  /**
   * Lets a container that runs as root give each volume's folder to the server's user before anything else starts, and with it
   * what lies in `adoptFolder`. For folders that were made as root, over NFS or on a node, or by a server of another user;
   * namespaces that enforce the Pod Security level restricted refuse such a container.
   */
  readonly fixOwnership: boolean;

  /**
   * Folder on the primary's volume with a data directory that was made without this chart, such as `data` by Bitnami's charts
   * or `mysql` by the tutorial; one dot for the volume itself, as the official images have it. The first start takes it over;
   * replicas are cloned from it, beside what lies on their volumes.
   * @form empty, one dot, or a path of letters, digits, hyphens, underscores and dots, each part with a letter or digit first
   * @pattern ^(\.|[A-Za-z0-9][-._A-Za-z0-9]*(/[A-Za-z0-9][-._A-Za-z0-9]*)*)?$
   */
  readonly adoptFolder: string;

  /** Where the servers write temporary files, as large sorts and some changes of tables need them: their folder /tmp. */
  readonly temporary: TemporaryFiles;

  /** What becomes of the claims; Retain leaves them for you to delete. */
  readonly retention: Retention;

  /** What only the kind static reads. */
  readonly static: StaticVolumes;
}

/**
 * Access modes that suit a database.
 * @choices
 * ReadWriteOnce: one node mounts it
 * ReadWriteOncePod: one pod mounts it
 * ReadWriteMany: any number of nodes mount it
 */
export type AccessMode = 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany';

/** The folder /tmp of a pod, which is emptied when the pod goes. */
export interface TemporaryFiles {
  /**
   * What holds the temporary files of a pod.
   * @choices
   * node: the node's own disk; a node that runs out of it evicts pods
   * volume: a volume of its own for each pod, made and deleted with it, so that temporary files fill nothing else
   */
  readonly kind: 'node' | 'volume';

  /** What only the kind node reads. */
  readonly node: NodeTemporaryFiles;

  /** What only the kind volume reads. */
  readonly volume: VolumeTemporaryFiles;
}

/** Temporary files on the node's disk. */
export interface NodeTemporaryFiles {
  /** Size at which Kubernetes evicts the pod; empty: when the node's disk is full. */
  readonly sizeLimit: OptionalByteQuantity;
}

/** Temporary files on a volume. */
export interface VolumeTemporaryFiles {
  /** Size of each pod's volume for temporary files; a table that is sorted or copied should fit. */
  readonly size: ByteQuantity;

  /** Storage class of the volume; empty: `global.storageClassName`, then the cluster's default. */
  readonly storageClassName: OptionalReference;
}

/** What becomes of claims. */
export interface Retention {
  /**
   * What becomes of all claims when the release is uninstalled.
   * @choices
   * Retain: they and the data stay until you delete them
   * Delete: they are deleted, and with them the data where the storage class says so
   */
  readonly whenDeleted: 'Retain' | 'Delete';

  /**
   * What becomes of the claims of pods that go when `replicaCount` shrinks.
   * @choices
   * Retain: they stay, and a pod that comes back has its data
   * Delete: they are deleted, and a pod that comes back is cloned anew
   */
  readonly whenScaled: 'Retain' | 'Delete';
}

/** Volumes that the chart makes itself, one a pod. */
export interface StaticVolumes {
  /**
   * Volumes that are made; at least `replicaCount`.
   * @minimum 1
   * @maximum 99
   */
  readonly count: Integer;

  /**
   * Number of the first volume's folder, which its name does not follow: that has the pod's ordinal.
   * @minimum 0
   */
  readonly firstIndex: Integer;

  /**
   * Folder of each volume below the source's path; %d stands for the volume's number.
   * @form letters, digits, hyphens, underscores and dots around one %d
   * @pattern ^[-._A-Za-z0-9]*%d[-._A-Za-z0-9]*$
   */
  readonly directory: string;

  /**
   * What becomes of a volume whose claim is deleted.
   * @choices
   * Retain: it and its folder stay until you delete them
   * Delete: it is deleted where Kubernetes can delete such a volume
   */
  readonly reclaimPolicy: 'Retain' | 'Delete';

  /** Where the folders are. */
  readonly source: StaticSource;
}

/** Where the folders of static volumes are. */
export interface StaticSource {
  /**
   * What holds the folders, and who can reach them.
   * @choices
   * nfs: an export of an NFS server
   * hostPath: whichever node the pod is on, for clusters of one node
   * local: one node, to which the pods are then bound
   */
  readonly kind: 'nfs' | 'hostPath' | 'local';

  /** What only the kind nfs reads. */
  readonly nfs: NfsSource;

  /** What only the kind hostPath reads. */
  readonly hostPath: HostPathSource;

  /** What only the kind local reads. */
  readonly local: LocalSource;
}

/** An export of an NFS server. */
export interface NfsSource {
  /**
   * Host name or address of the server.
   * @form empty, or a host name or address
   * @pattern ^[-.:A-Za-z0-9]*$
   */
  readonly server: string;

  /** Exported folder in which the volumes' folders lie. */
  readonly path: OptionalPath;

  /**
   * What mount is told about the export.
   * @form options of mount, one an item, such as hard or nfsvers=4.1
   * @valuePattern ^[A-Za-z][-_A-Za-z0-9]*(=[^,\s]+)?$
   */
  readonly mountOptions: readonly string[];
}

/** A folder of any node. */
export interface HostPathSource {
  /** Folder in which the volumes' folders lie; they are made when missing. */
  readonly path: OptionalPath;
}

/** A folder of one node. */
export interface LocalSource {
  /** Folder in which the volumes' folders lie; they must exist. */
  readonly path: OptionalPath;

  /** Name of the node, as its label kubernetes.io/hostname says it. */
  readonly node: OptionalReference;
}
