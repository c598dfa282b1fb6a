/**
 * The alerts, each with the runbook's section that says what to do. In an expression `$RELEASE` stands for the labels that choose one
 * release, and `$PODS` for the number of its pods; in a description `$NAME` for its namespace and name, which an absent series cannot tell.
 * Annotations are Prometheus' own templates.
 */
import type { AlertName } from '../values/metrics.ts';
import { BROKEN_STATES, STUCK_LEADING } from './states.ts';

/** How soon somebody has to look. */
export type Severity = 'critical' | 'warning' | 'info';

export interface Alert {
  readonly expr: string;
  /** How long it must be so. */
  readonly for: string;
  readonly severity: Severity;
  /** What is wrong, in a line. */
  readonly summary: string;
  /** The same with pod and value, and what follows from it. */
  readonly description: string;
  /** The anchor of a section in docs/runbook.md; a template where it depends on the state. */
  readonly section: string;
  /** What the release must have switched on for it. A part of the chart that brings states of its own adds its word here. */
  readonly needs?: 'failover';
}

const POD = '{{ $labels.namespace }}/{{ $labels.pod }}';

const states = BROKEN_STATES.map(([name]) => name).join('|');

/** The section of the state that an alert is about. */
const sectionOfState = BROKEN_STATES.map(([name, section]) => `{{ if eq $labels.state "${name}" }}${section}{{ end }}`).join('');

const stuck = STUCK_LEADING.map(([name]) => name).join('|');

const sectionOfLeading = STUCK_LEADING.map(([name, section]) => `{{ if eq $labels.leading "${name}" }}${section}{{ end }}`).join('');

const FREE = 'mysql_sts_volume_available_bytes{$RELEASE} / mysql_sts_volume_size_bytes{$RELEASE}';

/** By name, the most urgent first. */
export const ALERTS = {
  MysqlStsPrimaryMissing: {
    expr: 'absent(mysql_sts_writable{$RELEASE} == 1)',
    for: '2m',
    severity: 'critical',
    summary: 'No pod takes writes.',
    description: 'No pod of $NAME has taken writes for 2 minutes: its server or its node is gone, or its metrics are not read.',
    section: 'a-node-is-gone',
  },
  MysqlStsElectionStuck: {
    expr: `mysql_sts_leading{$RELEASE,leading=~"${stuck}"} == 1`,
    for: '1m',
    severity: 'critical',
    summary: 'No write is confirmed, and no pod can change that alone.',
    description: `The keeper of ${POD} is in the state {{ $labels.leading }}.`,
    section: sectionOfLeading,
    needs: 'failover',
  },
  MysqlStsReplicaBroken: {
    expr: `mysql_sts_state{$RELEASE,state=~"${states}"} == 1`,
    for: '2m',
    severity: 'critical',
    summary: 'A replica is in a state that does not pass by itself.',
    description: `${POD} is {{ $labels.state }}. It serves no reads, and is mended by itself only where the values under recovery say so.`,
    section: sectionOfState,
  },
  MysqlStsServerAway: {
    expr: 'mysql_sts_state{$RELEASE,state="NoServer"} == 1',
    for: '10m',
    severity: 'critical',
    summary: 'A server does not answer.',
    description: `The server of ${POD} has not answered its agent for 10 minutes.`,
    section: 'look',
  },
  MysqlStsVolumeFilling: {
    expr: `${FREE} < 0.1 or (${FREE} < 0.4 and predict_linear(mysql_sts_volume_available_bytes{$RELEASE}[1h], 4 * 3600) < 0)`,
    for: '10m',
    severity: 'critical',
    summary: 'A volume is filling up.',
    description: `The volume of ${POD} has {{ $value | humanizePercentage }} of its space left, and is full soon.`,
    section: 'disk-full',
  },
  MysqlStsReplicasMissing: {
    expr: '(sum(mysql_sts_ready{$RELEASE}) or vector(0)) < $PODS',
    for: '15m',
    severity: 'warning',
    summary: 'Some pods are not Ready.',
    description: 'Only {{ $value }} of the $PODS pods of $NAME are Ready, for 15 minutes now.',
    section: 'a-clone-does-not-come-about',
  },
  MysqlStsReplicaLagging: {
    expr: 'mysql_sts_lag_seconds{$RELEASE} > mysql_sts_max_lag_seconds{$RELEASE}',
    for: '10m',
    severity: 'warning',
    summary: 'A replica stays far behind the primary.',
    description: `${POD} is {{ $value | humanizeDuration }} behind, more than replication.maxLag, so it serves no reads.`,
    section: 'not-ready-and-why',
  },
  MysqlStsReplicaOutOfTouch: {
    expr: 'time() - mysql_sts_in_touch_timestamp_seconds{$RELEASE} > mysql_sts_max_source_silence_seconds{$RELEASE} / 2',
    for: '1m',
    severity: 'warning',
    summary: 'A replica has no fresh data.',
    description: `${POD} has had no fresh data for {{ $value | humanizeDuration }}. At replication.maxSourceSilence it stops to serve reads.`,
    section: 'not-ready-and-why',
  },
  MysqlStsRecloningAgain: {
    expr: 'mysql_sts_replacements_today{$RELEASE} >= mysql_sts_reclones_per_day{$RELEASE} and mysql_sts_replacements_today{$RELEASE} > 0',
    for: '0m',
    severity: 'warning',
    summary: 'A replica was cloned as often as it may be in a day.',
    description: `The data of ${POD} was replaced {{ $value }} times in 24 hours, so nothing more is done by itself. Find out why it breaks.`,
    section: 'rebuild-a-replica',
  },
  MysqlStsPrimaryMoved: {
    expr: 'changes(max by (namespace, release) (mysql_sts_term{$RELEASE})[15m:30s]) > 0',
    for: '0m',
    severity: 'info',
    summary: 'Another pod has become the primary.',
    description: 'The primary of $NAME has moved {{ $value }} times in 15 minutes. Nothing is left to do unless nobody asked for it.',
    section: 'fenced',
    needs: 'failover',
  },
  MysqlStsConnectionsNearLimit: {
    expr: 'mysql_global_status_threads_connected{$RELEASE} / mysql_global_variables_max_connections{$RELEASE} > 0.8',
    for: '5m',
    severity: 'warning',
    summary: 'Few connections are left.',
    description: `{{ $value | humanizePercentage }} of the connections of ${POD} are in use.`,
    section: 'every-connection-is-taken',
  },
  MysqlStsCertificateExpires: {
    expr: 'mysql_sts_certificate_not_after_timestamp_seconds{$RELEASE} - time() < 14 * 86400',
    for: '1h',
    severity: 'warning',
    summary: 'A certificate ends soon.',
    description: `The certificate that ${POD} shows ends in {{ $value | humanizeDuration }}. Then replication and clones stop.`,
    section: 'a-certificate-ends-soon',
  },
  MysqlStsAgentSilent: {
    expr: 'time() - node_textfile_mtime_seconds{$RELEASE,file="/run/mysql-sts-metrics/agent.prom"} > 120',
    for: '1m',
    severity: 'warning',
    summary: 'An agent has said nothing for two minutes.',
    description: `The agent of ${POD} has written nothing for {{ $value | humanizeDuration }}, so nobody keeps replication and accounts right.`,
    section: 'the-agent-is-silent',
  },
  MysqlStsExporterSilent: {
    expr: 'up{$RELEASE} == 0',
    for: '5m',
    severity: 'warning',
    summary: 'An exporter does not answer.',
    description: `Prometheus cannot read {{ $labels.instance }} of ${POD}. The database goes on, but other alerts may be blind.`,
    section: 'metrics-are-missing',
  },
  MysqlStsExporterCannotLogIn: {
    expr: 'mysql_up{$RELEASE} == 0 unless on (namespace, pod) mysql_sts_state{$RELEASE,state=~"NoServer|Recloning"} == 1',
    for: '5m',
    severity: 'warning',
    summary: "The server's exporter cannot log in.",
    description: `The server of ${POD} answers its agent and not its exporter, so what the server says of itself is missing.`,
    section: 'metrics-are-missing',
  },
} as const satisfies Readonly<Record<AlertName, Alert>>;
