/**
 * The values of the chart: the one source of values.yaml, values.schema.json, the README's table and of the paths that
 * templates may use.
 *
 * How the tree is built:
 * - A choice between kinds is a `kind`, `method` or `mode` key, as in Kubernetes' own unions, and what only one choice
 *   reads lies in an object with that choice's name (`storage.kind: static`, `storage.static.count`). Helm merges a
 *   user's maps into the defaults key by key, so in a flat union the default choice's keys would stay behind when a
 *   user picks another one, and a closed branch would refuse them; and the other choices could have no defaults.
 * - Every value has a default, in `defaults.ts`. The few that have none are optional here.
 * - Types stay plain: typescript-json-schema reads no `Record`, no generics, and one property a line.
 */
import type { EngineName } from './engines.ts';
import type { Accounts, RoleBinding, ServiceAccount } from './values/accounts.ts';
import type { Backup } from './values/backup.ts';
import type { Clone, Replication } from './values/clone.ts';
import type { Failover } from './values/failover.ts';
import type { Images } from './values/images.ts';
import type { KubernetesObject } from './values/kubernetes.ts';
import type { Metrics } from './values/metrics.ts';
import type { NetworkPolicy } from './values/network.ts';
import type { ContainerOptions, DisruptionBudget, PodOptions, Resources, Scheduling, ServerOptions, Update } from './values/pods.ts';
import type { Probes } from './values/probes.ts';
import type { Recovery } from './values/recovery.ts';
import type { Restore } from './values/restore.ts';
import type { Config, Initdb } from './values/server.ts';
import type { Services } from './values/services.ts';
import type { Storage } from './values/storage.ts';
import type { Tls } from './values/tls.ts';
import type { Annotations, DomainName, Integer, Labels, OptionalObjectName, OptionalReference } from './values/scalars.ts';
import type { ImagePullSecret, OptionalRegistry } from './values/images.ts';

/** All values of the chart. */
export interface Values {
  /** Database server and release series that every pod runs; decides images, clone methods and SQL dialect. */
  readonly engine: EngineName;

  /**
   * Pods in all, the primary included: 1 is a primary alone, 3 a primary and two replicas.
   * @minimum 1
   * @maximum 99
   */
  readonly replicaCount: Integer;

  /** Replaces the chart's name inside the names of all objects. */
  readonly nameOverride: OptionalObjectName;

  /**
   * Replaces the whole name of the release's objects: `mysql` gives the services mysql, mysql-primary and mysql-read.
   * @maxLength 28
   */
  readonly fullnameOverride: OptionalObjectName;

  /** DNS domain of the cluster; part of the names in the TLS certificate. */
  readonly clusterDomain: DomainName;

  /** Labels of every object of the release, the pods and the pod of `helm test` included; not of the claims, see `storage.labels`. */
  readonly commonLabels: Labels;

  /** Annotations of every object of the release, the pods and the pod of `helm test` included. */
  readonly commonAnnotations: Annotations;

  /**
   * Further objects of the release, such as an ExternalSecret or a Service for a sidecar. Templates of Helm in them are rendered, as `{{ .Release.Name }}`
   * and the chart's own such as `{{ include "mysql-sts.fullname" . }}`.
   */
  readonly extraObjects: readonly KubernetesObject[];

  /** Values that a parent chart shares with all its subcharts. */
  readonly global: GlobalValues;

  /** Where the images come from. */
  readonly images: Images;

  /** Settings of the database server. */
  readonly config: Config;

  /** How a new replica gets its data directory. */
  readonly clone: Clone;

  /** When a replica counts as fit to be read from. */
  readonly replication: Replication;

  /** What happens by itself when data is lost or replication cannot go on. */
  readonly recovery: Recovery;

  /** Which pod is the primary, and how another one takes its place. */
  readonly failover: Failover;

  /** Accounts of the database and where their passwords are. */
  readonly auth: Accounts;

  /** Scripts that fill the first primary, before it exists for anybody. */
  readonly initdb: Initdb;

  /** Where the data directories live. */
  readonly storage: Storage;

  /** Backups on a schedule, proven before they are stored. */
  readonly backup: Backup;

  /** A new release that begins from a backup. */
  readonly restore: Restore;

  /** When Kubernetes takes the database server for started, alive and ready. */
  readonly probes: Probes;

  /** CPU and memory of each kind of container. */
  readonly resources: Resources;

  /** The three services: one names the pods, one takes writes, one takes reads. */
  readonly services: Services;

  /** Encryption of replication, clones and clients' connections. */
  readonly tls: Tls;

  /** Which connections the cluster's network lets through to the pods. */
  readonly networkPolicy: NetworkPolicy;

  /** What Prometheus sees of the release. */
  readonly metrics: Metrics;

  /** Permissions of the pods in the Kubernetes API. */
  readonly rbac: RoleBinding;

  /** Identity of the pods in the Kubernetes API. */
  readonly serviceAccount: ServiceAccount;

  /** Limit on the pods that a node drain may stop at a time. */
  readonly podDisruptionBudget: DisruptionBudget;

  /** How a change of the values reaches the pods. Replicas go first, the primary last. */
  readonly update: Update;

  /**
   * Time that the database server has for a clean shutdown before it is killed. A replica whose primary does not answer first applies
   * what it has received, for half of this time at most.
   * @minimum 1
   */
  readonly terminationGracePeriodSeconds: Integer;

  /** Which nodes the pods run on. */
  readonly scheduling: Scheduling;

  /** What all pods of the release carry. */
  readonly pod: PodOptions;

  /** What the server's container carries beside that. */
  readonly server: ServerOptions;

  /** What all containers of the pods carry. */
  readonly container: ContainerOptions;
}

/** Open, since a parent chart shares what it likes. */
export interface GlobalValues {
  /** Registry of both images unless `images.*.registry` names one; set it to use a mirror. */
  readonly imageRegistry: OptionalRegistry;

  /**
   * Secrets for pulling images, used beside `images.pullSecrets`.
   * @form names of Secrets, plain or as `- name: my-registry`
   * @valuePattern ^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$
   */
  readonly imagePullSecrets: readonly (ImagePullSecret | string)[];

  /** Storage class of the claims unless `storage.storageClassName` names one. */
  readonly storageClassName: OptionalReference;

  readonly [shared: string]: unknown;
}
