/** What Grafana asks a Prometheus for. */

import * as assert from 'uvu/assert';
import { isObject } from '../../generator/model/json-schema.ts';
import { valueAt } from '../../generator/model/model.ts';
import { renderDashboard } from '../../generator/phases/render-dashboard.ts';

/** A release that the dashboard's variables choose. */
export interface Chosen {
  readonly namespace: string;
  readonly release: string;
}

/** The queries of the panels and of the marks on the time axis, with the variables put in. */
export function dashboardQueries({ namespace, release }: Chosen): readonly string[] {
  const variables = { $namespace: namespace, $release: release, $__rate_interval: '1m' };
  const dashboard: unknown = JSON.parse(renderDashboard().text);
  const panels = valueAt(dashboard, 'panels');
  const marks = valueAt(dashboard, 'annotations.list');
  const lists: unknown[] = [marks, ...(Array.isArray(panels) ? panels.map((panel: unknown) => valueAt(panel, 'targets')) : [])];
  const asked = lists.flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []));
  const queries = asked.map(({ expr }) =>
    Object.entries(variables).reduce((all, [name, value]) => all.replaceAll(name, value), String(expr)),
  );
  assert.ok(queries.length > 20, `${queries.length} queries`);
  return queries;
}

/** Those of panels: a mark that has none stands for what has not happened. */
export const panelQueries = (chosen: Chosen): readonly string[] => dashboardQueries(chosen).filter((query) => !query.endsWith('> 0'));

/** The names of series in an expression, each with the labels that choose some of them. */
export const selectors = (expr: string): readonly string[] =>
  [...expr.matchAll(/\b(?:mysql|node)_\w+\{[^}]*\}|\bup\{[^}]*\}/g)].map(([one]) => one);
