/** Rules about what Prometheus sees of the release. */
import { all, isEmpty, isSet, say, type ValuesPath } from './conditions.ts';
import type { Rule } from './rule.ts';

const metricsPeersNamed: Rule = {
  id: 'metrics-peers-named',
  paths: ['metrics.peers', 'networkPolicy.enabled'],
  brokenWhen: all(isSet('metrics.enabled'), isSet('networkPolicy.enabled'), isEmpty('metrics.peers')),
  sentence: say`The ports of the metrics would be closed to all: metrics.peers lists nobody.`,
  cure: say`List who reads them, - namespaceSelector: {} for every pod of the cluster.`,
};

/** What reads metrics, or is about them, without any. */
function needsMetrics(path: ValuesPath, what: string): Rule {
  return {
    id: path.replaceAll('.', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    paths: ['metrics.enabled', path],
    brokenWhen: all(isSet(path), isEmpty('metrics.enabled')),
    sentence: [`There are no metrics for ${what}.`],
    cure: [`Set metrics.enabled to true, or ${path} to false.`],
  };
}

export const METRICS_RULES: readonly Rule[] = [
  metricsPeersNamed,
  needsMetrics('metrics.podMonitor.enabled', 'a PodMonitor to find'),
  needsMetrics('metrics.rules.enabled', 'alerts to judge'),
  needsMetrics('metrics.dashboard.enabled', 'a dashboard to show'),
];
