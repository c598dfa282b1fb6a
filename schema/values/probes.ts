/**
 * A number of Kubernetes' API, which has 32 bits.
 * @TJS-type integer
 * @maximum 2147483647
 */
export type Integer = number;

/** When Kubernetes takes the database server for started, alive and ready. */
export interface Probes {
  /**
   * Holds the other probes back until the server answers, and waits a moment for it to be ready; allows hours, since crash recovery
   * may take them.
   */
  readonly startup: StoppingProbe;

  /** Restarts a server that no longer answers on its socket; never because of replication, passwords or load. */
  readonly liveness: StoppingProbe;

  /** Takes a pod out of its services: a primary that is not writable, a replica that lags or has stopped. */
  readonly readiness: ReadinessProbe;

  /** Restarts the agent beside the server when it is stuck: it has begun no pass for two minutes. */
  readonly agent: StoppingProbe;
}

/** The fields that every probe has, under Kubernetes' names. */
export interface Probe {
  /** Whether the probe is there at all. */
  readonly enabled: boolean;

  /**
   * Seconds from the container's start to the first try.
   * @minimum 0
   */
  readonly initialDelaySeconds: Integer;

  /**
   * Seconds from one try to the next.
   * @minimum 1
   */
  readonly periodSeconds: Integer;

  /**
   * Seconds after which a try without an answer has failed.
   * @minimum 1
   */
  readonly timeoutSeconds: Integer;

  /**
   * Failures in a row after which the probe has failed.
   * @minimum 1
   */
  readonly failureThreshold: Integer;
}

/** A probe whose failure stops the container. Kubernetes allows it no successThreshold but 1. */
export interface StoppingProbe extends Probe {
  /**
   * Seconds for the shutdown after this probe has failed; unset: `terminationGracePeriodSeconds`.
   * @minimum 1
   * @examples [600]
   */
  readonly terminationGracePeriodSeconds?: Integer;
}

/** The probe that decides about the services. */
export interface ReadinessProbe extends Probe {
  /**
   * Successes in a row after which the pod is Ready again.
   * @minimum 1
   */
  readonly successThreshold: Integer;
}
