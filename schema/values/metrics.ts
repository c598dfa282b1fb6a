import type { NetworkPolicyPeer } from './kubernetes.ts';
import type { Annotations, Duration, Labels } from './scalars.ts';

/** What Prometheus sees of the release. */
export interface Metrics {
  /**
   * Whether two exporters run in each pod: one says what the server says of itself (port 9104), the other what the agent makes of the pod
   * (port 9105). One that dies takes no pod out of its services.
   */
  readonly enabled: boolean;

  /**
   * Who may read the metrics, as a NetworkPolicy lists them; `- namespaceSelector: {}` stands for every pod of the cluster. Nobody is asked
   * for a password there.
   */
  readonly peers: readonly NetworkPolicyPeer[];

  /** How the Prometheus operator finds the pods. */
  readonly podMonitor: PodMonitor;

  /** Alerts, each with a link to the section of the runbook that says what to do. */
  readonly rules: AlertRules;

  /** A dashboard for Grafana. */
  readonly dashboard: Dashboard;
}

/** A PodMonitor. */
export interface PodMonitor {
  /** Whether the chart makes a PodMonitor, which a cluster with the Prometheus operator knows. */
  readonly enabled: boolean;

  /** Time between two readings. */
  readonly interval: Duration;

  /**
   * Labels of the PodMonitor, by which a Prometheus chooses those that it reads.
   * @examples [{"release": "kube-prometheus-stack"}]
   */
  readonly labels: Labels;
}

/**
 * The name of an alert.
 * @choices
 * MysqlStsPrimaryMissing: no pod takes writes
 * MysqlStsElectionStuck: with failover, no pod can lead, or writes wait for another pod
 * MysqlStsReplicaBroken: a replica is in a state that does not pass by itself
 * MysqlStsServerAway: a server does not answer
 * MysqlStsVolumeFilling: a volume is filling up
 * MysqlStsReplicasMissing: some pods are not Ready
 * MysqlStsReplicaLagging: a replica stays far behind the primary
 * MysqlStsReplicaOutOfTouch: a replica has no fresh data
 * MysqlStsRecloningAgain: a replica was cloned as often as it may be in a day
 * MysqlStsPrimaryMoved: with failover, another pod has become the primary
 * MysqlStsConnectionsNearLimit: few connections are left
 * MysqlStsCertificateExpires: a certificate ends soon
 * MysqlStsAgentSilent: an agent has said nothing for two minutes
 * MysqlStsExporterSilent: an exporter does not answer
 * MysqlStsExporterCannotLogIn: the server's exporter cannot log in
 */
export type AlertName =
  | 'MysqlStsPrimaryMissing'
  | 'MysqlStsElectionStuck'
  | 'MysqlStsReplicaBroken'
  | 'MysqlStsServerAway'
  | 'MysqlStsVolumeFilling'
  | 'MysqlStsReplicasMissing'
  | 'MysqlStsReplicaLagging'
  | 'MysqlStsReplicaOutOfTouch'
  | 'MysqlStsRecloningAgain'
  | 'MysqlStsPrimaryMoved'
  | 'MysqlStsConnectionsNearLimit'
  | 'MysqlStsCertificateExpires'
  | 'MysqlStsAgentSilent'
  | 'MysqlStsExporterSilent'
  | 'MysqlStsExporterCannotLogIn';

/** The alerts. */
export interface AlertRules {
  /** Whether the chart makes rules of Prometheus, by which it warns of what this release needs somebody for. */
  readonly enabled: boolean;

  /**
   * The object that holds them, which decides who reads them.
   * @choices
   * PrometheusRule: an object that the Prometheus operator reads
   * ConfigMap: a file, rules.yaml, for a Prometheus that mounts it
   */
  readonly kind: 'PrometheusRule' | 'ConfigMap';

  /**
   * Labels of that object, by which a Prometheus chooses the rules that it reads.
   * @examples [{"release": "kube-prometheus-stack"}]
   */
  readonly labels: Labels;

  /** Labels of every alert beside severity, namespace and release, by which an Alertmanager sends them where they belong. */
  readonly alertLabels: Labels;

  /**
   * Another severity than the chart's, by the name of the alert.
   * @examples [{"MysqlStsReplicaLagging": "critical"}]
   */
  readonly severities: Labels;

  /**
   * Alerts that are left out.
   * @examples [["MysqlStsRecloningAgain"]]
   */
  readonly disabled: readonly AlertName[];

  /**
   * Address of the runbook that the alerts link to; the name of a section is added to it. Empty: they name docs/runbook.md of the project.
   * @form empty, or an address that begins with http:// or https:// and has no section
   * @pattern ^(https?://[^\s#]+)?$
   * @examples ["https://docs.example.com/mysql-sts/runbook/"]
   */
  readonly runbookUrl: string;
}

/** The dashboard. */
export interface Dashboard {
  /** Whether the chart makes a ConfigMap with the dashboard, which the sidecar of Grafana's chart loads. One serves all releases. */
  readonly enabled: boolean;

  /** Labels of the ConfigMap, by which the sidecar finds it. */
  readonly labels: Labels;

  /**
   * Annotations of the ConfigMap, by which the sidecar chooses a folder.
   * @examples [{"grafana_folder": "Databases"}]
   */
  readonly annotations: Annotations;
}
