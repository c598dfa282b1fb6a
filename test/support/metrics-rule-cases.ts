import type { RuleCase } from './rule-cases.ts';

const PEERS = [{ namespaceSelector: {} }];

/** What is about metrics, beside values that have none and values that have some. */
function needsMetrics(part: string, what: string): RuleCase {
  return {
    refused: { metrics: { [part]: { enabled: true } } },
    accepted: { metrics: { enabled: true, peers: PEERS, [part]: { enabled: true } } },
    message:
      `metrics.enabled, metrics.${part}.enabled: There are no metrics for ${what}. ` +
      `Set metrics.enabled to true, or metrics.${part}.enabled to false.`,
  };
}

/** The rules of schema/metrics-rules.ts. */
export const METRICS_RULE_CASES: Readonly<Record<string, RuleCase>> = {
  'metrics-peers-named': {
    refused: { metrics: { enabled: true } },
    accepted: { metrics: { enabled: true, peers: PEERS } },
    message:
      'metrics.peers, networkPolicy.enabled: The ports of the metrics would be closed to all: metrics.peers lists nobody. ' +
      'List who reads them, - namespaceSelector: {} for every pod of the cluster.',
  },
  'metrics-pod-monitor-enabled': needsMetrics('podMonitor', 'a PodMonitor to find'),
  'metrics-rules-enabled': needsMetrics('rules', 'alerts to judge'),
  'metrics-dashboard-enabled': needsMetrics('dashboard', 'a dashboard to show'),
};
