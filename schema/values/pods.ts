import type {
  Affinity,
  Container,
  ContainerSecurityContext,
  EnvVar,
  PodSecurityContext,
  ResourceRequirements,
  Toleration,
  TopologySpreadConstraint,
  Volume,
  VolumeMount,
} from './kubernetes.ts';
import type { Annotations, Integer, Labels, OptionalReference } from './scalars.ts';

/** CPU and memory of each kind of container, as Kubernetes' resources. */
export interface Resources {
  /** The database server. Its buffer pool must fit: innodb_buffer_pool_size is 128 MiB unless `config` says more. */
  readonly server: ResourceRequirements;

  /** The agent beside it, which runs a few small clients and, for streaming clones, the backup tool. */
  readonly agent: ResourceRequirements;

  /** The keeper of the Lease, with `failover.mode: automatic`. It must not be slowed down: give it no limit of CPU. */
  readonly keeper: ResourceRequirements;

  /** Each of the two exporters that `metrics.enabled` brings. */
  readonly exporters: ResourceRequirements;

  /** The two init containers, which start the server for a while to initialise it or to prove a copy, and the pod of `helm test`. */
  readonly init: ResourceRequirements;

  /** The containers of the backups' pods, which run a server for a while; `tools` has those of init. */
  readonly backup: ResourceRequirements;
}

/** Limit on pods that may be stopped on purpose. */
export interface DisruptionBudget {
  /** Whether the chart makes a PodDisruptionBudget. */
  readonly enabled: boolean;

  /**
   * Pods that may be away at a time, as a number or as a share such as 50%.
   * @minimum 0
   * @multipleOf 1
   * @form a whole number, or a share of the pods from 0% to 100%
   * @pattern ^(100|[1-9]?[0-9])%$
   */
  readonly maxUnavailable: number | string;
}

/** How a change reaches the pods. */
export interface Update {
  /**
   * Who replaces the pods when what they are made from has changed.
   * @choices
   * RollingUpdate: Kubernetes, one pod at a time
   * OnDelete: you, by deleting each pod
   */
  readonly strategy: 'RollingUpdate' | 'OnDelete';

  /**
   * Pods with a lower ordinal are not replaced; set it to try a change on the last replicas first. One that is made anew meanwhile keeps its
   * image and its resources, and reads the new `config`.
   * @minimum 0
   * @maximum 99
   */
  readonly partition: Integer;
}

/** Which nodes the pods run on. */
export interface Scheduling {
  /** Labels that a node must have. */
  readonly nodeSelector: Labels;

  /** Taints of nodes that the pods put up with. */
  readonly tolerations: readonly Toleration[];

  /** Rules about nodes and other pods, in full; its podAntiAffinity replaces the preset below. */
  readonly affinity: Affinity;

  /**
   * Preset that keeps the pods of the release on different nodes.
   * @choices
   * preferred: wished for; with too few nodes, pods share one
   * required: demanded; with too few nodes, pods stay pending
   * none: left to the scheduler, or to `affinity`
   */
  readonly antiAffinity: 'preferred' | 'required' | 'none';

  /** Rules that spread the pods over zones. One without a `labelSelector` gets that of the release's pods. */
  readonly topologySpreadConstraints: readonly TopologySpreadConstraint[];

  /** Priority class, which decides who goes when a node is full. */
  readonly priorityClassName: OptionalReference;
}

/** What the pods carry. */
export interface PodOptions {
  /** Labels of the pods, beside the chart's own. */
  readonly labels: Labels;

  /** Annotations of the pods, beside the chart's own checksums. */
  readonly annotations: Annotations;

  /** User, group and kernel limits of all containers; 999 is the user mysql of the official images. */
  readonly securityContext: PodSecurityContext;

  /**
   * Containers beside the server and the agent, such as an exporter; they get no token of the Kubernetes API. The chart's
   * NetworkPolicy opens none of their ports: add a policy of your own for those.
   */
  readonly extraContainers: readonly Container[];

  /** Volumes for those containers, or for mounts of the server. */
  readonly extraVolumes: readonly Volume[];
}

/** What the server's container gets beside what it needs. */
export interface ServerOptions {
  /** Environment of the server, also while it is initialised or a copy is proven, such as TZ; what the chart itself sets cannot be changed. */
  readonly extraEnv: readonly EnvVar[];

  /** Places at which the server sees `pod.extraVolumes`, such as a folder of plugins. */
  readonly extraVolumeMounts: readonly VolumeMount[];
}

/** What the containers carry. */
export interface ContainerOptions {
  /** What each container may do; the default passes Pod Security's level restricted. */
  readonly securityContext: ContainerSecurityContext;
}
