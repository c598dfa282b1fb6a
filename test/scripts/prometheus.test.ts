/**
 * A real Prometheus beside real servers: it takes every rule, every query of an alert and of a panel finds series, and an alert fires with a
 * link when its state is brought about.
 */

import * as assert from 'uvu/assert';
import { isObject } from '../../generator/model/json-schema.ts';
import { valueAt } from '../../generator/model/model.ts';
import type { EngineName } from '../../schema/engines.ts';
import { ALERTS, type Alert } from '../../schema/metrics/alerts.ts';
import { dashboardQueries, panelQueries, selectors } from '../support/dashboard-queries.ts';
import { startExporters } from './harness/exporters.ts';
import { defaultMethod, restorePair } from './harness/prepared.ts';
import type { Pod } from './harness/pod.ts';
import { Prometheus } from './harness/prometheus.ts';
import { withRelease } from './harness/release.ts';
import { rulesFile } from './harness/rules.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { until } from './harness/wait.ts';

/** The release that the rules are rendered for. */
const CHOSEN = { namespace: 'shop', release: 'demo-mysql-sts' } as const;

/** The chart's file of rules, with less patience than a person has. */
const impatientRules = (): string => rulesFile().replaceAll(/^( +for): .*$/gm, '$1: 1s');

/** Where the primary does not move, there is no Lease to count the terms of. */
const WITHOUT_FAILOVER = 'mysql_sts_term{';

/** Series that only one family of servers or only a pod in trouble has would be found here. */
async function everySeriesExists(prometheus: Prometheus): Promise<void> {
  const expressions = [...dashboardQueries(CHOSEN), ...(await prometheus.rules()).map(({ query }) => String(query))];
  const missing: string[] = [];
  for (const one of new Set(expressions.flatMap(selectors).filter((one) => !one.startsWith(WITHOUT_FAILOVER))))
    if ((await prometheus.query(one)).length === 0) missing.push(one);
  assert.equal(missing, []);
}

/** A panel without data would be taken for a fault. */
async function everyPanelHasData(prometheus: Prometheus): Promise<void> {
  const panels = panelQueries(CHOSEN);
  const empty = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const query of panels) if ((await prometheus.query(query)).length === 0) found.push(query);
    return found;
  };
  let last: readonly string[] = [];
  await until('every panel has data', async () => (last = await empty()).length === 0, { seconds: 40, why: () => last.join('\n') });
  for (const query of dashboardQueries(CHOSEN)) await prometheus.query(query);
}

async function rulesFare(prometheus: Prometheus): Promise<void> {
  const evaluated = async (): Promise<boolean> => (await prometheus.rules()).every(({ health }) => health === 'ok');
  await until('every rule was evaluated', evaluated, { seconds: 20 });
  assert.equal(
    (await prometheus.rules()).map(({ name }) => name),
    Object.entries<Alert>(ALERTS).flatMap(([name, { needs }]) => (needs === undefined ? [name] : [])),
  );
}

/** The release of this test has two pods, and the rules are for three. */
const EXPECTED = ['MysqlStsReplicasMissing'];

async function firing(prometheus: Prometheus): Promise<readonly string[]> {
  return (await prometheus.query('ALERTS{alertstate="firing"}')).map(({ labels }) => labels['alertname'] ?? '').sort();
}

async function fires(prometheus: Prometheus, replica: Pod): Promise<void> {
  await until('nothing else fires', async () => (await firing(prometheus)).join() === EXPECTED.join(), { seconds: 40 });
  const { engine } = replica.release;
  await sql(replica, `${engine.sql.stopReplica};`);
  let last: readonly string[] = [];
  const broken = async (): Promise<boolean> => (last = await firing(prometheus)).includes('MysqlStsReplicaBroken');
  await until('the alert fires', broken, { seconds: 40, why: () => last.join() });
  const rule = (await prometheus.rules()).find(({ name }) => name === 'MysqlStsReplicaBroken');
  const [alert] = Array.isArray(rule?.['alerts']) ? rule['alerts'].filter(isObject) : [];
  assert.is(valueAt(alert, 'annotations.runbook_url'), 'docs/runbook.md#stoppedbyhand');
  assert.match(String(valueAt(alert, 'annotations.description')), 'shop/db-1 is StoppedByHand.');
  await sql(replica, `${engine.sql.startReplica};`);
  await until('it ends', async () => (last = await firing(prometheus)).join() === EXPECTED.join(), { seconds: 40, why: () => last.join() });
}

function row(engine: EngineName): Row {
  return {
    name: `${engine}: rules, panels and a stopped replica`,
    run: () =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        for (const ordinal of [0, 1]) await (await release.pod(ordinal)).switchMetricsOn();
        const { primary, replica } = await restorePair(release);
        await replica.startReady();
        for (const pod of [primary, replica]) await startExporters(pod);
        const prometheus = await Prometheus.start(primary, [primary, replica], impatientRules());
        await rulesFare(prometheus);
        await everySeriesExists(prometheus);
        await everyPanelHasData(prometheus);
        await fires(prometheus, replica);
      }),
  };
}

table('prometheus', [row('mysql-9.7'), row('mariadb-11.8')]);
