/** The alerts as the chart gives them to a Prometheus without the operator. */

import { isObject } from '../../../generator/model/json-schema.ts';
import { valueAt } from '../../../generator/model/model.ts';
import type { PlainValues } from '../../../generator/rules/evaluate-rules.ts';
import { manifests } from '../../support/helm.ts';
import { merge } from '../../support/merge.ts';
import { METRICS_VALUES } from './exporters.ts';

/** The file of rules, with other values of metrics.rules laid over. */
export function rulesFile(rules: PlainValues = {}): string {
  const values = merge(METRICS_VALUES, { metrics: { rules: { enabled: true, kind: 'ConfigMap', ...rules } } });
  const map = manifests('helm4', { values }).find(({ metadata }) => metadata.name === 'demo-mysql-sts-rules');
  const data = valueAt(map, 'data');
  const text = isObject(data) ? data['rules.yaml'] : undefined;
  if (typeof text !== 'string') throw new Error('The chart made no file of rules.');
  return text;
}
