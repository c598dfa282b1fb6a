/**
 * Parts of Kubernetes' own API, typed one level deep. Small parts are closed, since a misspelt field in them would be dropped, or refused
 * when other objects have been changed already. What grows with every Kubernetes is open: a field that this chart has not heard of reaches
 * the pod as it is.
 */
import type { Integer, Labels } from './scalars.ts';

/**
 * The name of a container or a volume.
 * @form lower-case letters, digits and hyphens, at most 63; a letter or digit first and last
 * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$
 * @maxLength 63
 */
export type PartName = string;

/**
 * The number of a user or a group.
 * @TJS-type integer
 * @minimum 0
 * @maximum 2147483647
 */
export type SystemId = number;

/** An object that Kubernetes checks itself. */
export interface KubernetesObject {
  readonly [field: string]: unknown;
}

/**
 * Amounts by resource name, such as cpu and memory.
 * @form a number, with a unit of Kubernetes if it needs one, such as 250m or 512Mi
 * @valuePattern ^[0-9]+(\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$
 */
export interface Quantities {
  readonly [resource: string]: string | number;
}

/**
 * ResourceRequirements of a container.
 * @kubernetes ResourceRequirements
 */
export interface ResourceRequirements {
  readonly requests?: Quantities;
  readonly limits?: Quantities;
  readonly claims?: readonly KubernetesObject[];
}

/**
 * Affinity of a pod.
 * @kubernetes Affinity
 */
export interface Affinity {
  readonly nodeAffinity?: KubernetesObject;
  readonly podAffinity?: KubernetesObject;
  readonly podAntiAffinity?: KubernetesObject;
}

/**
 * Toleration of a pod.
 * @kubernetes Toleration
 */
export interface Toleration {
  readonly key?: string;
  readonly operator?: 'Exists' | 'Equal' | 'Lt' | 'Gt';
  readonly value?: string;
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  readonly tolerationSeconds?: Integer;
}

/**
 * TopologySpreadConstraint of a pod.
 * @kubernetes TopologySpreadConstraint
 */
export interface TopologySpreadConstraint {
  /** @minimum 1 */
  readonly maxSkew: Integer;
  readonly topologyKey: string;
  readonly whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway';
  readonly labelSelector?: LabelSelector;
  readonly matchLabelKeys?: readonly string[];
  /** @minimum 1 */
  readonly minDomains?: Integer;
  readonly nodeAffinityPolicy?: 'Honor' | 'Ignore';
  readonly nodeTaintsPolicy?: 'Honor' | 'Ignore';
}

/**
 * LabelSelector.
 * @kubernetes LabelSelector
 */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly KubernetesObject[];
}

/**
 * A block of addresses.
 * @form a block of addresses, such as 10.0.0.0/16 or 2001:db8::/32
 * @pattern ^([0-9]{1,3}(\.[0-9]{1,3}){3}/([0-9]|[12][0-9]|3[0-2])|[0-9a-fA-F:.]{0,40}:[0-9a-fA-F:.]{0,40}/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]))$
 */
export type Cidr = string;

/**
 * IPBlock: addresses, and those among them that are left out.
 * @kubernetes IPBlock
 */
export interface IpBlock {
  readonly cidr: Cidr;
  /** @valuePattern ^[0-9a-fA-F:.]+/[0-9]{1,3}$ */
  readonly except?: readonly string[];
}

/**
 * NetworkPolicyPeer: a place that connections may come from.
 * @kubernetes NetworkPolicyPeer
 */
export interface NetworkPolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: IpBlock;
}

/**
 * NetworkPolicyIngressRule: places that connections may come from, and the ports that they may go to.
 * @kubernetes NetworkPolicyIngressRule
 */
export interface NetworkPolicyIngressRule {
  readonly from?: readonly NetworkPolicyPeer[];
  readonly ports?: readonly KubernetesObject[];
}

/**
 * PodSecurityContext.
 * @kubernetes PodSecurityContext
 */
export interface PodSecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: SystemId;
  readonly runAsGroup?: SystemId;
  readonly fsGroup?: SystemId;
  /**
   * Not an enumeration: those take no null, by which a parent chart takes the default away.
   * @form OnRootMismatch or Always
   * @pattern ^(OnRootMismatch|Always)$
   */
  readonly fsGroupChangePolicy?: string;
  readonly supplementalGroups?: readonly SystemId[];
  readonly supplementalGroupsPolicy?: 'Merge' | 'Strict';
  readonly appArmorProfile?: KubernetesObject;
  readonly seccompProfile?: KubernetesObject;
  readonly seLinuxOptions?: KubernetesObject;
  readonly seLinuxChangePolicy?: 'MountOption' | 'Recursive';
  readonly sysctls?: readonly KubernetesObject[];
  readonly windowsOptions?: KubernetesObject;
}

/**
 * EnvVar of a container.
 * @kubernetes EnvVar
 */
export interface EnvVar {
  /** @minLength 1 */
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: KubernetesObject;
}

/**
 * VolumeMount of a container.
 * @kubernetes VolumeMount
 */
export interface VolumeMount {
  readonly name: PartName;
  /**
   * @form a path without a colon
   * @pattern ^[^:]+$
   */
  readonly mountPath: string;
  readonly mountPropagation?: 'None' | 'HostToContainer' | 'Bidirectional';
  readonly readOnly?: boolean;
  readonly recursiveReadOnly?: 'Disabled' | 'IfPossible' | 'Enabled';
  readonly subPath?: string;
  readonly subPathExpr?: string;
}

/**
 * Volume of a pod.
 * @kubernetes Volume
 */
export interface Volume {
  readonly name: PartName;
  readonly configMap?: KubernetesObject;
  readonly secret?: KubernetesObject;
  readonly emptyDir?: KubernetesObject;
  readonly persistentVolumeClaim?: KubernetesObject;
  readonly [field: string]: unknown;
}

/**
 * Container of a pod.
 * @kubernetes Container
 */
export interface Container {
  readonly name: PartName;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvVar[];
  readonly ports?: readonly KubernetesObject[];
  readonly resources?: ResourceRequirements;
  readonly securityContext?: ContainerSecurityContext;
  readonly volumeMounts?: readonly VolumeMount[];
  readonly [field: string]: unknown;
}

/**
 * SecurityContext of a container.
 * @kubernetes SecurityContext
 */
export interface ContainerSecurityContext {
  readonly allowPrivilegeEscalation?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly privileged?: boolean;
  readonly procMount?: 'Default' | 'Unmasked';
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: SystemId;
  readonly runAsGroup?: SystemId;
  readonly appArmorProfile?: KubernetesObject;
  readonly capabilities?: KubernetesObject;
  readonly seccompProfile?: KubernetesObject;
  readonly seLinuxOptions?: KubernetesObject;
  readonly windowsOptions?: KubernetesObject;
}
