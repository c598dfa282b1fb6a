/**
 * The dashboard: what whoever runs one release looks at, in that order. Panels are data; `render-dashboard` makes Grafana's JSON of them. In
 * an expression `$RELEASE` stands for the labels that choose one release by the dashboard's variables.
 */

/** How a panel shows its series. */
export type PanelKind = 'stat' | 'timeseries' | 'state-timeline';

/** Units as Grafana names them. */
export type Unit = 'short' | 's' | 'bytes' | 'ops' | 'percentunit';

export interface Query {
  readonly expr: string;
  /** The name of a series, with its labels in double braces. */
  readonly legend: string;
}

export interface Panel {
  readonly title: string;
  readonly kind: PanelKind;
  readonly unit: Unit;
  /** What a reader should know before he acts. */
  readonly description: string;
  readonly queries: readonly [Query, ...Query[]];
  /** Columns of 24, and rows of about 30 pixels. */
  readonly width: number;
  readonly height: number;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly [Panel, ...Panel[]];
}

const POD = '{{pod}}';

const stat = (title: string, unit: Unit, expr: string, legend: string, description: string): Panel => ({
  title,
  kind: 'stat',
  unit,
  description,
  queries: [{ expr, legend }],
  width: 6,
  height: 4,
});

const graph = (title: string, unit: Unit, description: string, ...queries: Panel['queries']): Panel => ({
  title,
  kind: 'timeseries',
  unit,
  description,
  queries,
  width: 8,
  height: 8,
});

const rate = (metric: string): string => `rate(${metric}{$RELEASE}[$__rate_interval])`;

const NOW: Row = {
  title: 'Now',
  panels: [
    stat('Primary', 'short', 'mysql_sts_writable{$RELEASE} == 1', POD, 'The pod that takes writes. More than one is a danger.'),
    stat(
      'Takes writes for',
      's',
      'time() - mysql_sts_writable_since_timestamp_seconds{$RELEASE}',
      POD,
      'Since its server was started, or since it became the primary.',
    ),
    stat('Ready', 'short', 'sum(mysql_sts_ready{$RELEASE})', 'pods', 'Pods that clients may be sent to.'),
    stat('Generation', 'short', 'max(mysql_sts_generation{$RELEASE})', 'generation', 'How often the release has gone on from a replica.'),
  ],
};

const REPLICATION: Row = {
  title: 'Replication',
  panels: [
    {
      title: 'State',
      kind: 'state-timeline',
      unit: 'short',
      description: 'The state of each pod; docs/runbook.md has a section for each that does not pass by itself.',
      queries: [{ expr: 'mysql_sts_state{$RELEASE} == 1', legend: '{{pod}} {{state}}' }],
      width: 12,
      height: 8,
    },
    {
      ...graph(
        'Lag',
        's',
        'How far each replica is behind, and the limit at which it leaves its readers.',
        { expr: 'mysql_sts_lag_seconds{$RELEASE}', legend: POD },
        { expr: 'max(mysql_sts_max_lag_seconds{$RELEASE})', legend: 'replication.maxLag' },
      ),
      width: 12,
    },
    graph('Since the last fresh data', 's', 'How long each replica has been out of touch with the primary.', {
      expr: 'time() - mysql_sts_in_touch_timestamp_seconds{$RELEASE}',
      legend: POD,
    }),
    graph(
      'Copies',
      'short',
      'Copies under way, and those that replaced data in the last day.',
      { expr: 'mysql_sts_serving_clone{$RELEASE}', legend: '{{pod}} serves a copy' },
      { expr: 'mysql_sts_state{$RELEASE,state="Recloning"}', legend: '{{pod}} is replaced' },
      { expr: 'mysql_sts_replacements_today{$RELEASE}', legend: '{{pod}} in the last day' },
    ),
    graph('Certificate is good for', 's', 'How long the certificate that each server shows is still good.', {
      expr: 'mysql_sts_certificate_not_after_timestamp_seconds{$RELEASE} - time()',
      legend: POD,
    }),
  ],
};

const LOAD: Row = {
  title: 'Load',
  panels: [
    graph('Reads', 'ops', 'Statements that read, a second.', {
      expr: `sum by (pod) (rate(mysql_global_status_commands_total{$RELEASE,command="select"}[$__rate_interval]))`,
      legend: POD,
    }),
    graph('Writes', 'ops', 'Statements of clients that write, a second.', {
      expr: `sum by (pod) (rate(mysql_global_status_commands_total{$RELEASE,command=~"insert|update|delete|replace|insert_select|load"}[$__rate_interval]))`,
      legend: POD,
    }),
    graph('Slow statements', 'ops', 'Statements that took longer than long_query_time, a second.', {
      expr: rate('mysql_global_status_slow_queries'),
      legend: POD,
    }),
    graph(
      'Connections',
      'short',
      'Connections that are open, and the limit of each pod.',
      { expr: 'mysql_global_status_threads_connected{$RELEASE}', legend: POD },
      { expr: 'mysql_global_variables_max_connections{$RELEASE}', legend: '{{pod}} limit' },
    ),
    graph('Statements that run', 'short', 'Threads that do something now.', {
      expr: 'mysql_global_status_threads_running{$RELEASE}',
      legend: POD,
    }),
    graph('Buffer pool: found in memory', 'percentunit', 'The share of page reads that needed no disk.', {
      expr: `1 - ${rate('mysql_global_status_innodb_buffer_pool_reads')} / ${rate('mysql_global_status_innodb_buffer_pool_read_requests')}`,
      legend: POD,
    }),
  ],
};

const DISK: Row = {
  title: 'Disk',
  panels: [
    graph('Space left', 'bytes', 'What the volume of each pod can still take.', {
      expr: 'mysql_sts_volume_available_bytes{$RELEASE}',
      legend: POD,
    }),
    graph('Space used', 'percentunit', 'The share of the volume that is used.', {
      expr: '1 - mysql_sts_volume_available_bytes{$RELEASE} / mysql_sts_volume_size_bytes{$RELEASE}',
      legend: POD,
    }),
    graph(
      'Space left in a day',
      'bytes',
      'What is left after 24 hours if it goes on as in the last hour; below zero the disk is full by then.',
      {
        expr: 'predict_linear(mysql_sts_volume_available_bytes{$RELEASE}[1h], 86400)',
        legend: POD,
      },
    ),
  ],
};

export const DASHBOARD: readonly Row[] = [NOW, REPLICATION, LOAD, DISK];

/** Marks on the time axis of every panel. */
export const ANNOTATIONS: readonly { readonly name: string; readonly expr: string; readonly text: string }[] = [
  {
    name: 'Generations',
    expr: 'changes(max(mysql_sts_generation{$RELEASE})[5m:1m]) > 0',
    text: 'The release goes on from a replica',
  },
  {
    name: 'Failovers',
    expr: 'changes(max(mysql_sts_term{$RELEASE})[5m:1m]) > 0',
    text: 'Another pod has become the primary',
  },
  {
    name: 'Data replaced',
    expr: 'increase(mysql_sts_replacements_today{$RELEASE}[5m]) > 0',
    text: 'The data of {{pod}} was replaced by a copy',
  },
];
