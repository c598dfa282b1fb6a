import type { NetworkPolicyIngressRule, NetworkPolicyPeer } from './kubernetes.ts';
import type { Integer } from './scalars.ts';

/** A port that is opened. */
export interface PolicyPort {
  /**
   * Number of the port, on the pods.
   * @minimum 1
   * @maximum 65535
   */
  readonly port: Integer;

  /**
   * Protocol of the port; unset: TCP.
   * @choices
   * TCP: connections
   * UDP: datagrams
   * SCTP: associations
   */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

/** Who may connect to the pods, where the cluster's network enforces policies. */
export interface NetworkPolicy {
  /**
   * Whether the chart makes a NetworkPolicy. It lets the pods of the release reach each other, closes the clone port 3307 to
   * all others, and opens no port but 3306 to clients.
   */
  readonly enabled: boolean;

  /**
   * Who may open connections to the servers' port 3306, before any password is asked for.
   * @choices
   * everybody: whoever reaches the pods; passwords decide
   * peers: nobody but the release itself and those whom `peers` lists
   */
  readonly clients: 'everybody' | 'peers';

  /** Clients that may connect to 3306, as a NetworkPolicy lists them: pods, namespaces, blocks of addresses. */
  readonly peers: readonly NetworkPolicyPeer[];

  /**
   * Ports that are open beside 3306, to the same clients and among the pods of the release: a sidecar's, or the one by which a service mesh
   * brings all connections, such as 15008 (Istio ambient) and 4143 (Linkerd). The mesh then decides who reaches 3307, too.
   */
  readonly extraPorts: readonly PolicyPort[];

  /** Further rules, as a NetworkPolicy lists them: who may connect to which ports, beside the clients above. */
  readonly extraIngress: readonly NetworkPolicyIngressRule[];
}
