/**
 * Parts of Kubernetes' own API, typed one level deep and open: a later Kubernetes may have fields that this chart has
 * not heard of, and they reach the pod as they are.
 */
import type { Integer, Labels } from './scalars.ts';

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
  readonly [field: string]: unknown;
}

/**
 * Affinity of a pod.
 * @kubernetes Affinity
 */
export interface Affinity {
  readonly nodeAffinity?: KubernetesObject;
  readonly podAffinity?: KubernetesObject;
  readonly podAntiAffinity?: KubernetesObject;
  readonly [field: string]: unknown;
}

/**
 * Toleration of a pod.
 * @kubernetes Toleration
 */
export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: Integer;
  readonly [field: string]: unknown;
}

/**
 * TopologySpreadConstraint of a pod.
 * @kubernetes TopologySpreadConstraint
 */
export interface TopologySpreadConstraint {
  readonly maxSkew?: Integer;
  readonly topologyKey?: string;
  readonly whenUnsatisfiable?: string;
  readonly labelSelector?: LabelSelector;
  readonly [field: string]: unknown;
}

/**
 * LabelSelector.
 * @kubernetes LabelSelector
 */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly KubernetesObject[];
  readonly [field: string]: unknown;
}

/**
 * NetworkPolicyPeer: a place that connections may come from.
 * @kubernetes NetworkPolicyPeer
 */
export interface NetworkPolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: KubernetesObject;
  readonly [field: string]: unknown;
}

/**
 * PodSecurityContext.
 * @kubernetes PodSecurityContext
 */
export interface PodSecurityContext {
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: Integer;
  readonly runAsGroup?: Integer;
  readonly fsGroup?: Integer;
  readonly fsGroupChangePolicy?: string;
  readonly supplementalGroups?: readonly Integer[];
  readonly seccompProfile?: KubernetesObject;
  readonly seLinuxOptions?: KubernetesObject;
  readonly sysctls?: readonly KubernetesObject[];
  readonly [field: string]: unknown;
}

/**
 * EnvVar of a container.
 * @kubernetes EnvVar
 */
export interface EnvVar {
  readonly name?: string;
  readonly value?: string;
  readonly valueFrom?: KubernetesObject;
  readonly [field: string]: unknown;
}

/**
 * VolumeMount of a container.
 * @kubernetes VolumeMount
 */
export interface VolumeMount {
  readonly name?: string;
  readonly mountPath?: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
  readonly [field: string]: unknown;
}

/**
 * Volume of a pod.
 * @kubernetes Volume
 */
export interface Volume {
  readonly name?: string;
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
  readonly name?: string;
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
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: Integer;
  readonly runAsGroup?: Integer;
  readonly capabilities?: KubernetesObject;
  readonly seccompProfile?: KubernetesObject;
  readonly seLinuxOptions?: KubernetesObject;
  readonly [field: string]: unknown;
}
