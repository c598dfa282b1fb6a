import type { Annotations, Labels, Port } from './scalars.ts';

/** The services of the release. */
export interface Services {
  /** Gives every pod a name, whether it is Ready or not. */
  readonly headless: HeadlessService;

  /** Leads to the primary, for writes. */
  readonly primary: ClientService;

  /** Leads to Ready replicas, for reads. */
  readonly read: ReadService;
}

/** The service that names the pods. */
export interface HeadlessService {
  /** Annotations of the service, as DNS or monitoring controllers read them. */
  readonly annotations: Annotations;

  /** Labels of the service, beside the chart's own. */
  readonly labels: Labels;

  /**
   * How many families of addresses the service has.
   * @choices
   * SingleStack: one
   * PreferDualStack: both where the cluster has both
   * RequireDualStack: both, or none at all
   */
  readonly ipFamilyPolicy: IpFamilyPolicy;
}

/**
 * How many families of addresses a service has.
 * @choices
 * SingleStack: one
 * PreferDualStack: both where the cluster has both
 * RequireDualStack: both, or none at all
 */
export type IpFamilyPolicy = 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';

/**
 * A family of addresses.
 * @choices
 * IPv4: such as 10.0.0.1
 * IPv6: such as 2001:db8::1
 */
export type IpFamily = 'IPv4' | 'IPv6';

/** A service for clients. */
export interface ClientService {
  /**
   * How far the service reaches.
   * @choices
   * ClusterIP: inside the cluster
   * NodePort: a port of every node
   * LoadBalancer: a load balancer that the cluster's cloud makes
   */
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer';

  /** Port that clients connect to; the server itself always listens on 3306. */
  readonly port: Port;

  /**
   * Port of the nodes for the types NodePort and LoadBalancer; unset: Kubernetes picks one.
   * @examples [30306]
   */
  readonly nodePort?: Port;

  /** Annotations of the service, as clouds read them for load balancers. */
  readonly annotations: Annotations;

  /** Labels of the service, beside the chart's own. */
  readonly labels: Labels;

  /**
   * Whom the load balancer lets in, as blocks of addresses; empty: everybody.
   * @form blocks of addresses, such as 10.0.0.0/16 or 2001:db8::/32
   * @valuePattern ^[0-9a-fA-F:.]+/[0-9]{1,3}$
   */
  readonly loadBalancerSourceRanges: readonly string[];

  /**
   * Which controller makes the load balancer; empty: the cluster's default. It cannot be changed afterwards.
   * @form empty, or a class such as service.k8s.aws/nlb
   * @pattern ^([a-z0-9]([-.a-z0-9]*[a-z0-9])?(/[A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?)?)?$
   */
  readonly loadBalancerClass: string;

  /**
   * Address that the load balancer shall have, where its controller can choose; empty: any.
   * @form empty, or an address such as 203.0.113.9
   * @pattern ^[0-9a-fA-F:.]*$
   */
  readonly loadBalancerIP: string;

  /**
   * Addresses outside of the cluster that lead to the service because somebody routes them to the nodes.
   * @form addresses, such as 203.0.113.9
   * @valuePattern ^[0-9a-fA-F:.]+$
   */
  readonly externalIPs: readonly string[];

  /**
   * Which pods connections from outside reach. Only with Local do the pods see the clients' addresses, by which
   * `networkPolicy.peers` may choose.
   * @choices
   * Cluster: pods on any node
   * Local: pods on the node that the connection came to
   */
  readonly externalTrafficPolicy: 'Cluster' | 'Local';

  /**
   * Which pods connections from inside of the cluster reach.
   * @choices
   * Cluster: pods on any node
   * Local: pods on the client's node, and none where it has none
   */
  readonly internalTrafficPolicy: 'Cluster' | 'Local';

  /**
   * Whether a client comes to the same pod each time.
   * @choices
   * None: each connection may go to another pod
   * ClientIP: connections of an address go to the same pod
   */
  readonly sessionAffinity: 'None' | 'ClientIP';

  /**
   * How many families of addresses the service has; `ipFamilies` says which.
   * @choices
   * SingleStack: one
   * PreferDualStack: both where the cluster has both
   * RequireDualStack: both, or none at all
   */
  readonly ipFamilyPolicy: IpFamilyPolicy;

  /** Families of addresses, the preferred one first; empty: as the cluster decides. */
  readonly ipFamilies: readonly IpFamily[];
}

/** The service for reads. */
export interface ReadService extends ClientService {
  /**
   * Whether reads may go to the primary too.
   * @choices
   * never: without a Ready replica there are no reads
   * whenAlone: only while `replicaCount` is 1
   * always: the primary is one more place to read from
   */
  readonly includePrimary: 'never' | 'whenAlone' | 'always';
}
