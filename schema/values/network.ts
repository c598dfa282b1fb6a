import type { NetworkPolicyPeer } from './kubernetes.ts';

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
}
