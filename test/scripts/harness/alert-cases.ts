/** For each alert: series under which it fires and what it says then, and series beside them under which it does not. */

import type { AlertName } from '../../../schema/values/metrics.ts';

/** Values of series over minutes, in promtool's own words. */
export type Series = Readonly<Record<string, string>>;

export interface AlertCase {
  readonly fires: Series;
  readonly quiet: Series;
  /** When it is looked at. */
  readonly at: string;
  /** Labels beside the release's and the severity. */
  readonly labels: Readonly<Record<string, string>>;
  readonly description: string;
  /** The section that it leads to. */
  readonly section: string;
}

const DB1 = { pod: 'db-1' };

/** A series of pod db-1. */
const of = (name: string, labels: Readonly<Record<string, string>> = {}): string => {
  const all = Object.entries({ namespace: 'shop', release: 'demo-mysql-sts', ...DB1, ...labels });
  return `${name}{${all.map(([key, value]) => `${key}="${value}"`).join(',')}}`;
};

const writable = of('mysql_sts_writable');
const ready = (pod: string): string => of('mysql_sts_ready', { pod });
const available = of('mysql_sts_volume_available_bytes');
const size = { [of('mysql_sts_volume_size_bytes')]: '1000x240' };
const mtime = of('node_textfile_mtime_seconds', { file: '/run/mysql-sts-metrics/agent.prom' });
const away = of('mysql_sts_state', { state: 'NoServer' });
const quorum = of('mysql_sts_leading', { leading: 'NoQuorum' });
const lost = of('mysql_sts_state', { state: 'PurgedBinlogs' });

export const ALERT_CASES: Readonly<Record<AlertName, AlertCase>> = {
  MysqlStsPrimaryMissing: {
    fires: { [writable]: '0x30' },
    quiet: { [writable]: '0x30', [of('mysql_sts_writable', { pod: 'db-0' })]: '1x30' },
    at: '5m',
    labels: {},
    description:
      'No pod of shop/demo-mysql-sts has taken writes for 2 minutes: its server or its node is gone, or its metrics are not read.',
    section: 'a-node-is-gone',
  },
  MysqlStsElectionStuck: {
    fires: { [quorum]: '1x30' },
    quiet: { [quorum]: '0x30', [of('mysql_sts_leading', { leading: 'Election' })]: '1x30' },
    at: '5m',
    labels: { ...DB1, leading: 'NoQuorum' },
    description: 'The keeper of shop/db-1 is in the state NoQuorum.',
    section: 'noquorum',
  },
  MysqlStsReplicaBroken: {
    fires: { [lost]: '1x30' },
    quiet: { [lost]: '0x30', [of('mysql_sts_state', { state: 'OutOfTouch' })]: '1x30' },
    at: '5m',
    labels: { ...DB1, state: 'PurgedBinlogs' },
    description: 'shop/db-1 is PurgedBinlogs. It serves no reads, and is mended by itself only where the values under recovery say so.',
    section: 'purgedbinlogs-error-1236',
  },
  MysqlStsServerAway: {
    fires: { [away]: '1x30' },
    quiet: { [away]: '1x5 0x25' },
    at: '15m',
    labels: { ...DB1, state: 'NoServer' },
    description: 'The server of shop/db-1 has not answered its agent for 10 minutes.',
    section: 'look',
  },
  MysqlStsVolumeFilling: {
    fires: { ...size, [available]: '500-3x240' },
    quiet: { ...size, [available]: '350x240' },
    at: '100m',
    labels: DB1,
    description: 'The volume of shop/db-1 has 20% of its space left, and is full soon.',
    section: 'disk-full',
  },
  MysqlStsReplicasMissing: {
    fires: { [ready('db-0')]: '1x30', [ready('db-1')]: '1x30', [ready('db-2')]: '0x30' },
    quiet: { [ready('db-0')]: '1x30', [ready('db-1')]: '1x30', [ready('db-2')]: '0x10 1x20' },
    at: '20m',
    labels: {},
    description: 'Only 2 of the 3 pods of shop/demo-mysql-sts are Ready, for 15 minutes now.',
    section: 'a-clone-does-not-come-about',
  },
  MysqlStsReplicaLagging: {
    fires: { [of('mysql_sts_lag_seconds')]: '90x30', [of('mysql_sts_max_lag_seconds')]: '60x30' },
    quiet: { [of('mysql_sts_lag_seconds')]: '90x5 3x25', [of('mysql_sts_max_lag_seconds')]: '60x30' },
    at: '15m',
    labels: DB1,
    description: 'shop/db-1 is 1m 30s behind, more than replication.maxLag, so it serves no reads.',
    section: 'not-ready-and-why',
  },
  MysqlStsReplicaOutOfTouch: {
    fires: { [of('mysql_sts_in_touch_timestamp_seconds')]: '0x30', [of('mysql_sts_max_source_silence_seconds')]: '600x30' },
    quiet: { [of('mysql_sts_in_touch_timestamp_seconds')]: '0+60x30', [of('mysql_sts_max_source_silence_seconds')]: '600x30' },
    at: '7m',
    labels: DB1,
    description: 'shop/db-1 has had no fresh data for 7m 0s. At replication.maxSourceSilence it stops to serve reads.',
    section: 'not-ready-and-why',
  },
  MysqlStsRecloningAgain: {
    fires: { [of('mysql_sts_replacements_today')]: '3x30', [of('mysql_sts_reclones_per_day')]: '3x30' },
    quiet: { [of('mysql_sts_replacements_today')]: '0x30', [of('mysql_sts_reclones_per_day')]: '0x30' },
    at: '5m',
    labels: DB1,
    description: 'The data of shop/db-1 was replaced 3 times in 24 hours, so nothing more is done by itself. Find out why it breaks.',
    section: 'rebuild-a-replica',
  },
  MysqlStsPrimaryMoved: {
    fires: { [of('mysql_sts_term')]: '3x10 4x20' },
    quiet: { [of('mysql_sts_term')]: '4x30', [of('mysql_sts_term', { pod: 'db-2' })]: '3x10 4x20' },
    at: '20m',
    labels: {},
    description: 'The primary of shop/demo-mysql-sts has moved 1 times in 15 minutes. Nothing is left to do unless nobody asked for it.',
    section: 'fenced',
  },
  MysqlStsConnectionsNearLimit: {
    fires: { [of('mysql_global_status_threads_connected')]: '90x30', [of('mysql_global_variables_max_connections')]: '100x30' },
    quiet: { [of('mysql_global_status_threads_connected')]: '79x30', [of('mysql_global_variables_max_connections')]: '100x30' },
    at: '10m',
    labels: DB1,
    description: '90% of the connections of shop/db-1 are in use.',
    section: 'every-connection-is-taken',
  },
  MysqlStsCertificateExpires: {
    fires: { [of('mysql_sts_certificate_not_after_timestamp_seconds')]: '871200x120' },
    quiet: { [of('mysql_sts_certificate_not_after_timestamp_seconds')]: '8640000x120' },
    at: '2h',
    labels: DB1,
    description: 'The certificate that shop/db-1 shows ends in 10d 0h 0m 0s. Then replication and clones stop.',
    section: 'a-certificate-ends-soon',
  },
  MysqlStsAgentSilent: {
    fires: { [mtime]: '0x30' },
    quiet: { [mtime]: '0+60x30' },
    at: '5m',
    labels: { ...DB1, file: '/run/mysql-sts-metrics/agent.prom' },
    description: 'The agent of shop/db-1 has written nothing for 5m 0s, so nobody keeps replication and accounts right.',
    section: 'the-agent-is-silent',
  },
  MysqlStsExporterSilent: {
    fires: { [of('up', { instance: '10.0.0.7:9104' })]: '0x30' },
    quiet: { [of('up', { instance: '10.0.0.7:9104' })]: '0x3 1x27' },
    at: '10m',
    labels: { ...DB1, instance: '10.0.0.7:9104' },
    description: 'Prometheus cannot read 10.0.0.7:9104 of shop/db-1. The database goes on, but other alerts may be blind.',
    section: 'metrics-are-missing',
  },
  MysqlStsExporterCannotLogIn: {
    fires: { [of('mysql_up')]: '0x30', [away]: '0x30' },
    quiet: { [of('mysql_up')]: '0x30', [away]: '1x30' },
    at: '10m',
    labels: DB1,
    description: 'The server of shop/db-1 answers its agent and not its exporter, so what the server says of itself is missing.',
    section: 'metrics-are-missing',
  },
};
