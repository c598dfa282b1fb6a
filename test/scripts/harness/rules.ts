/** The alerts as the chart gives them to a Prometheus without the operator. */

import { isObject } from '../../../generator/model/json-schema.ts';
import { valueAt } from '../../../generator/model/model.ts';
import type { PlainValues } from '../../../generator/rules/evaluate-rules.ts';
import { manifests } from '../../support/helm.ts';
import { merge } from '../../support/merge.ts';
import { METRICS_VALUES } from './exporters.ts';

/** Switches on all that brings alerts of its own. */
export const EVERY_PART: PlainValues = { failover: { mode: 'automatic' } };

/** The file of rules, with other values of metrics.rules laid over, of a release that has these parts. */
export function rulesFile(rules: PlainValues = {}, parts: PlainValues = {}): string {
  const on = { metrics: { rules: { enabled: true, kind: 'ConfigMap', ...rules } } };
  const values = merge(merge(METRICS_VALUES, parts), on);
  const map = manifests('helm4', { values }).find(({ metadata }) => metadata.name === 'demo-mysql-sts-rules');
  const data = valueAt(map, 'data');
  const text = isObject(data) ? data['rules.yaml'] : undefined;
  if (typeof text !== 'string') throw new Error('The chart made no file of rules.');
  return text;
}
