import { ANNOTATIONS, DASHBOARD, type Panel, type Row } from '../../schema/metrics/dashboard.ts';
import type { ChartFile } from '../files/chart-file.ts';

/** The labels that the dashboard's variables choose. */
const SELECTOR = 'namespace="$namespace",release="$release"';
/** The version of Grafana's dashboards that the fields are of; Grafana raises older ones itself. */
const SCHEMA_VERSION = 39;
const COLUMNS = 24;

const SOURCE = { type: 'prometheus', uid: '${datasource}' } as const;

interface Position {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Grafana's dashboard, as its sidecar loads it and as people import it. */
export function renderDashboard(): ChartFile {
  const dashboard = {
    title: 'mysql-sts',
    tags: ['mysql', 'mysql-sts'],
    editable: true,
    schemaVersion: SCHEMA_VERSION,
    refresh: '30s',
    time: { from: 'now-3h', to: 'now' },
    templating: { list: variables() },
    annotations: { list: ANNOTATIONS.map(({ name, expr, text }) => annotation(name, expr, text)) },
    panels: placed(DASHBOARD),
  };
  return { path: 'files/dashboard.json', source: 'schema/metrics/dashboard.ts', text: `${JSON.stringify(dashboard, undefined, 1)}\n` };
}

function variables(): readonly object[] {
  const query = (name: string, of: string): object => ({
    name,
    label: name,
    type: 'query',
    datasource: SOURCE,
    query: { query: of, refId: name },
    refresh: 2,
    sort: 1,
  });
  return [
    { name: 'datasource', label: 'source', type: 'datasource', query: 'prometheus' },
    query('namespace', 'label_values(mysql_sts_info, namespace)'),
    query('release', 'label_values(mysql_sts_info{namespace="$namespace"}, release)'),
  ];
}

function annotation(name: string, expr: string, text: string): object {
  return { name, datasource: SOURCE, enable: true, iconColor: 'orange', expr: chosen(expr), titleFormat: text, step: '60s' };
}

/** Rows below each other, and in a row panels beside each other until it is full. */
function placed(rows: readonly Row[]): readonly object[] {
  const panels: object[] = [];
  let y = 0;
  for (const row of rows) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title: row.title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: COLUMNS, h: 1 },
    });
    y += 1;
    let [x, tallest] = [0, 0];
    for (const one of row.panels) {
      if (x + one.width > COLUMNS) [x, y, tallest] = [0, y + tallest, 0];
      panels.push(panel(one, panels.length + 1, { x, y, w: one.width, h: one.height }));
      x += one.width;
      tallest = Math.max(tallest, one.height);
    }
    y += tallest;
  }
  return panels;
}

function panel({ title, kind, unit, description, queries }: Panel, id: number, gridPos: Position): object {
  return {
    id,
    type: kind,
    title,
    description,
    datasource: SOURCE,
    gridPos,
    fieldConfig: { defaults: { unit }, overrides: [] },
    options: kind === 'stat' ? { textMode: 'value_and_name', colorMode: 'none', reduceOptions: { calcs: ['lastNotNull'] } } : {},
    targets: queries.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode(65 + index),
      datasource: SOURCE,
      expr: chosen(expr),
      legendFormat: legend,
    })),
  };
}

function chosen(expr: string): string {
  return expr.replaceAll('$RELEASE', SELECTOR);
}
