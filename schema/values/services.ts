import type { Annotations, Port } from './scalars.ts';

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
}

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
