/** The agent's metrics: what do/metrics.sh writes, what alerts and panels ask for, and what docs/metrics.md lists. */
import { LEADING_NAMES, STATE_NAMES } from './states.ts';

/** One metric, which Prometheus knows as a gauge. */
export interface Metric {
  /** As the agent writes it, in one line. */
  readonly help: string;
  /** The labels that the agent writes, with all the values that each takes; an empty list stands for any. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** Which pods have it, while they have a server that answers. */
  readonly on: 'every pod' | 'replicas' | 'the primary' | 'every pod, with failover' | 'pods whose server shows a certificate';
  /** What a reader may take wrongly. */
  readonly note?: string;
}

const gauge = (help: string, rest: Partial<Metric> = {}): Metric => ({ help, labels: {}, on: 'every pod', ...rest });

/** By name, in the order in which the agent writes them. */
export const METRICS = {
  mysql_sts_info: gauge('What the pod runs, as labels.', { labels: { cluster: [], engine: [], method: [], version: [] } }),
  mysql_sts_role: gauge('The role that the services go by: 1 for the one that the pod has.', {
    labels: { role: ['primary', 'replica', 'detached'] },
    note: '`detached` is a replica that was out of touch for longer than `replication.maxSourceSilence`; the read service leaves it out.',
  }),
  mysql_sts_state: gauge('What the agent makes of the pod: 1 for the state that it is in.', { labels: { state: STATE_NAMES } }),
  mysql_sts_ready: gauge('Whether the readiness probe lets clients in.'),
  mysql_sts_writable: gauge('Whether the server takes writes.'),
  mysql_sts_writable_since_timestamp_seconds: gauge('Since when the server has taken writes.', { on: 'the primary' }),
  mysql_sts_lag_seconds: gauge('How far the replica is behind the primary.', {
    on: 'replicas',
    note: 'Without a sample while the server does not know it.',
  }),
  mysql_sts_in_touch_timestamp_seconds: gauge('When the replica last had fresh data from the primary.', {
    on: 'replicas',
    note: 'Written every half minute while nothing else changes, so it may be that much too old.',
  }),
  mysql_sts_generation: gauge('How often the cluster has gone on from a replica, counted from 1.'),
  mysql_sts_replacements_today: gauge('Copies that replaced the data of this pod in the last 24 hours.'),
  mysql_sts_serving_clone: gauge('Whether another pod copies from this one by a stream.', {
    note: "MySQL's CLONE plugin copies without the agent, so it stays 0 there.",
  }),
  mysql_sts_volume_size_bytes: gauge('Size of the file system that holds the data.'),
  mysql_sts_volume_available_bytes: gauge('What that file system can still take.'),
  mysql_sts_certificate_not_after_timestamp_seconds: gauge('Until when the certificate that the server shows is good.', {
    on: 'pods whose server shows a certificate',
  }),
  mysql_sts_max_lag_seconds: gauge('The value replication.maxLag.'),
  mysql_sts_max_source_silence_seconds: gauge('The value replication.maxSourceSilence.'),
  mysql_sts_leading: gauge('What the keeper makes of the Lease: 1 for the state that it is in.', {
    labels: { leading: LEADING_NAMES },
    on: 'every pod, with failover',
  }),
  mysql_sts_holds_lease: gauge('Whether this pod may lead, by the Lease that it holds.', { on: 'every pod, with failover' }),
  mysql_sts_term: gauge('How often another pod has become the primary, as this pod knows it.', { on: 'every pod, with failover' }),
  mysql_sts_reclones_per_day: gauge('The value recovery.reclonesPerDay.'),
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricName = keyof typeof METRICS;
