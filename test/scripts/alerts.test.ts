/** The alerts by promtool: each fires when it should, says what it should and leads to a section that is there, and is quiet when it should be. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import { isObject } from '../../generator/model/json-schema.ts';
import { valueAt } from '../../generator/model/model.ts';
import { ALERTS, type Alert } from '../../schema/metrics/alerts.ts';
import { BROKEN_STATES, STUCK_LEADING } from '../../schema/metrics/states.ts';
import { manifests } from '../support/helm.ts';
import { merge } from '../support/merge.ts';
import { ROOT } from '../support/tools.ts';
import { ALERT_CASES, type AlertCase, type Series } from './harness/alert-cases.ts';
import { METRICS_VALUES } from './harness/exporters.ts';
import { promtool } from './harness/promtool.ts';
import { EVERY_PART, rulesFile } from './harness/rules.ts';

const test = suite('alerts', { folder: '' });

const ON = merge(METRICS_VALUES, { metrics: { rules: { enabled: true } } });
const RUNBOOK = 'docs/runbook.md';

test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  writeFileSync(join(context.folder, 'rules.yaml'), rulesFile({}, EVERY_PART));
});
test.after(({ folder }) => {
  rmSync(folder, { recursive: true });
});

/** The alerts of an object or a file of rules, by their names. */
function alertsIn(groups: unknown): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const [group] = Array.isArray(groups) ? groups.filter(isObject) : [];
  const rules = group?.['rules'];
  return new Map((Array.isArray(rules) ? rules : []).filter(isObject).map((rule) => [String(rule['alert']), rule]));
}

function oneCase(name: string, alert: Alert, { at, labels, description, section }: AlertCase, series: Series, fires: boolean): object {
  const expected = {
    exp_labels: { namespace: 'shop', release: 'demo-mysql-sts', severity: alert.severity, ...labels },
    exp_annotations: { summary: alert.summary, description, runbook_url: `${RUNBOOK}#${section}` },
  };
  return {
    interval: '1m',
    name: `${name} ${fires ? 'fires' : 'is quiet'}`,
    input_series: Object.entries(series).map(([one, values]) => ({ series: one, values })),
    alert_rule_test: [{ eval_time: at, alertname: name, exp_alerts: fires ? [expected] : [] }],
  };
}

for (const [name, alert] of Object.entries<Alert>(ALERTS)) {
  test(`${name} fires, and is quiet`, async ({ folder }) => {
    const [, found] = Object.entries<AlertCase>(ALERT_CASES).find(([known]) => known === name) ?? [];
    assert.ok(found !== undefined);
    const tests = [oneCase(name, alert, found, found.fires, true), oneCase(name, alert, found, found.quiet, false)];
    writeFileSync(join(folder, `${name}.yaml`), stringify({ rule_files: ['rules.yaml'], evaluation_interval: '1m', tests }));
    await promtool(folder, 'test', 'rules', `${name}.yaml`);
  });
}

test('promtool finds nothing wrong with the file', async ({ folder }) => {
  assert.match(await promtool(folder, 'check', 'rules', '--lint-fatal', 'rules.yaml'), `${Object.keys(ALERTS).length} rules found`);
});

test('Prometheus takes the scrape configuration of docs/metrics.md', async ({ folder }) => {
  const [, config = ''] = /<!-- scrape -->\n\n```text\n([^]*?)```/.exec(readFileSync(join(ROOT, 'docs/metrics.md'), 'utf8')) ?? [];
  writeFileSync(join(folder, 'prometheus.yml'), config);
  assert.match(await promtool(folder, 'check', 'config', '--lint-fatal', 'prometheus.yml'), 'prometheus.yml is valid');
});

test('the object of the operator has the same rules as the file', () => {
  const rule = manifests('helm4', { values: ON }).find(({ kind }) => kind === 'PrometheusRule');
  assert.equal(valueAt(rule, 'spec'), parse(rulesFile()));
});

test('an alert can be left out, given another severity and labels, and lead elsewhere', () => {
  const disabled = ['MysqlStsRecloningAgain'];
  const rules = {
    disabled,
    severities: { MysqlStsReplicaLagging: 'critical' },
    alertLabels: { team: 'orders' },
    runbookUrl: 'https://docs/r/',
  };
  const all = alertsIn(valueAt(parse(rulesFile(rules, EVERY_PART)), 'groups'));
  assert.equal(
    [...all.keys()],
    Object.keys(ALERTS).filter((name) => !disabled.includes(name)),
  );
  assert.is(valueAt(all.get('MysqlStsReplicaLagging'), 'labels.severity'), 'critical');
  assert.is(valueAt(all.get('MysqlStsAgentSilent'), 'labels.severity'), 'warning');
  assert.is(valueAt(all.get('MysqlStsAgentSilent'), 'labels.team'), 'orders');
  assert.is(valueAt(all.get('MysqlStsAgentSilent'), 'annotations.runbook_url'), 'https://docs/r/#the-agent-is-silent');
});

test('a part that is off has no alerts', () => {
  const names = Object.entries<Alert>(ALERTS).filter(([, { needs }]) => needs === undefined);
  assert.equal(
    [...alertsIn(valueAt(parse(rulesFile()), 'groups')).keys()],
    names.map(([name]) => name),
  );
});

test('every alert and every state that one is about leads to a section of the runbook', () => {
  const headings = [...readFileSync(join(ROOT, RUNBOOK), 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase());
  const anchors = headings.map((heading) => heading.replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
  const fixed = Object.values<Alert>(ALERTS).map(({ section }) => section);
  const linked = [
    ...fixed.filter((section) => !section.includes('{{')),
    ...[...BROKEN_STATES, ...STUCK_LEADING].map(([, section]) => section),
  ];
  assert.equal(
    linked.filter((section) => !anchors.includes(section)),
    [],
  );
});

test.run();
