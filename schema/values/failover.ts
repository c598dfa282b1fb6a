import type { Duration } from './scalars.ts';

/** Whether another pod becomes the primary when the present one is lost, stopped or moved away. */
export interface Failover {
  /**
   * Who decides which pod is the primary.
   * @choices
   * manual: the pod with ordinal 0 is the primary, and stays it; a person decides what happens when it is lost
   * automatic: the pods agree by a Lease; a write counts only when a second pod has it, so nothing acknowledged is lost
   */
  readonly mode: 'manual' | 'automatic';

  /**
   * Time without a renewal after which replicas may elect another primary. The primary renews its Lease every two seconds. Less time makes a
   * failover faster, and more likely while the Kubernetes API is slow.
   */
  readonly leaseFor: Duration;

  /** Time for which writes may wait for an acknowledgement before the primary lets the replicas elect another one. */
  readonly stallFor: Duration;
}
