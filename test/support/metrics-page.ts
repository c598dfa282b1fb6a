/** docs/metrics.md, made from the tables of metrics and alerts. */

import { ALERTS, type Alert } from '../../schema/metrics/alerts.ts';
import { LEADING_NAMES, LEADING_STATES, POD_STATES, STATE_NAMES, type PodState } from '../../schema/metrics/states.ts';
import { METRICS, type Metric } from '../../schema/metrics/table.ts';

const BEFORE = `# Metrics, alerts, dashboard

<!-- Made from schema/metrics by test/unit/metrics-page.test.ts, whose words are in test/support/metrics-page.ts. Edit those, then run it with
UPDATE_GOLDEN=1. -->

\`metrics.enabled\` brings two containers into each pod. \`server-metrics\` is [mysqld_exporter](https://github.com/prometheus/mysqld_exporter): it
logs in on the server's socket as the account \`monitor\` and serves what the server says of itself on port 9104. \`agent-metrics\` is
[node_exporter](https://github.com/prometheus/node_exporter) with nothing but its textfile collector: it serves what the agent makes of the pod
on port 9105, and nothing of the node. Both start again by themselves when they die, so that the pod stays in its services. Neither
kube-state-metrics nor metrics of the kubelet are needed.

## Switch it on

With the Prometheus operator. The labels are those by which your Prometheus chooses its objects:

\`\`\`yaml
metrics:
  enabled: true
  peers:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: monitoring
  podMonitor:
    enabled: true
    labels:
      release: kube-prometheus-stack
  rules:
    enabled: true
    labels:
      release: kube-prometheus-stack
  dashboard:
    enabled: true
\`\`\`

A cluster that does not know PodMonitors refuses them: \`no matches for kind "PodMonitor"\`. Install the operator first, or leave
\`metrics.podMonitor.enabled\` and \`metrics.rules.enabled\` false.

Without the operator. The alerts come as a file in the ConfigMap \`<name>-rules\`:

\`\`\`yaml
metrics:
  enabled: true
  peers:
    - namespaceSelector: {}
  rules:
    enabled: true
    kind: ConfigMap
\`\`\`

Prometheus and vmagent of VictoriaMetrics find the pods by the names of the two ports. The alerts and the dashboard need the labels
\`namespace\`, \`pod\` and \`release\`, which is the name of the StatefulSet:

<!-- scrape -->

\`\`\`text
scrape_configs:
  - job_name: mysql-sts
    kubernetes_sd_configs:
      - role: pod
    relabel_configs:
      - source_labels: [__meta_kubernetes_pod_container_port_name]
        regex: server-metrics|agent-metrics
        action: keep
      - source_labels: [__meta_kubernetes_namespace]
        target_label: namespace
      - source_labels: [__meta_kubernetes_pod_name]
        target_label: pod
      - source_labels: [__meta_kubernetes_pod_controller_name]
        target_label: release
\`\`\`

The operator of VictoriaMetrics takes PodMonitors and PrometheusRules as they are.

## Alerts

Each has the annotations \`summary\`, \`description\` and \`runbook_url\`, and the labels \`severity\`, \`namespace\` and \`release\`.
\`metrics.rules.disabled\` leaves alerts out by name, \`metrics.rules.severities\` gives one another severity, \`metrics.rules.alertLabels\` adds
labels to all, and \`metrics.rules.runbookUrl\` is the page that they link to.
`;

const STATES = `## States

One of them is 1. Those with a link do not pass by themselves, and \`MysqlStsReplicaBroken\` is about them.
`;

const LEADING = `With \`failover.mode: automatic\` the keeper of each pod is in one of these, too, as \`mysql_sts_leading\` says. \`MysqlStsElectionStuck\` is about
those with a link. Without failover there are no such series, and none of these alerts.
`;

const METRICS_INTRO = `## Metrics of the agent

All are gauges. What is not known has no sample. \`node_textfile_mtime_seconds\` says when the agent wrote last: at the latest half a minute ago.
The metrics of the server are those of mysqld_exporter's default collectors.
`;

const AFTER = `## The dashboard

\`metrics.dashboard.enabled\` makes a ConfigMap that the sidecar of Grafana's chart loads, by the label \`grafana_dashboard\`. One serves all
releases: data source, namespace and release are variables. Without the sidecar, import files/dashboard.json of the chart.

## An exporter of your own

\`pod.extraContainers\` takes any other. It may log in as \`monitor\`, whose password is in the Secret under \`auth.secretKeys.monitor\`, from inside
the pod alone: mount the volume \`run\` read-only and use the socket \`mysqld.sock\` in it. The account may see all processes and the state of
replication, and reads no tables. The chart's NetworkPolicy opens none of its ports; add a policy of your own.
`;

const COST = `## What it costs

Measured on one node with three pods, while a Prometheus read both exporters every second: \`server-metrics\` had 6.3 MiB of memory of its own
and took 11 ms of a core a reading, \`agent-metrics\` had 5.9 MiB and took 1 ms. Read every half minute, that is less than half a thousandth of
a core. The programs themselves are files of 13 MiB and 15 MiB in memory. A node has them once for all pods, counts them for the pod that was
there first, and can drop them when memory is short: so the first pod of a node may show up to 40 MiB for both, and every other one 12 MiB.
The files were those of Debian's packages, of the same versions as the images.
`;

const cell = (text: string): string => text.replaceAll('|', '\\|');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

function alertRow([name, { summary, for: lasting, severity, section }]: [string, Alert]): readonly string[] {
  const link = section.includes('{{') ? "the state's own, below" : `[${section}](./runbook.md#${section})`;
  return [`\`${name}\``, summary, lasting, severity, link];
}

function metricRow([name, { help, labels, on, note }]: [string, Metric]): readonly string[] {
  const known = Object.keys(labels).map((label) => `\`${label}\``);
  return [`\`${name}\``, known.join(', '), on, note === undefined ? help : `${help} ${note}`];
}

function stateRow(name: string, { meaning, section }: PodState): readonly string[] {
  return [`\`${name}\``, meaning, section === undefined ? '' : `[${section}](./runbook.md#${section})`];
}

/** The page. */
export function metricsPage(): string {
  return [
    BEFORE,
    table(['alert', 'says', 'after', 'severity', 'runbook'], Object.entries<Alert>(ALERTS).map(alertRow)),
    METRICS_INTRO,
    table(['metric', 'labels', 'on', 'meaning'], Object.entries<Metric>(METRICS).map(metricRow)),
    STATES,
    table(
      ['state', 'meaning', 'runbook'],
      STATE_NAMES.map((name) => stateRow(name, POD_STATES[name])),
    ),
    LEADING,
    table(
      ['state', 'meaning', 'runbook'],
      LEADING_NAMES.map((name) => stateRow(name, LEADING_STATES[name])),
    ),
    COST,
    AFTER,
  ].join('\n');
}
