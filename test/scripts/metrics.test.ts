/**
 * What the two exporters serve beside real servers: every metric of the table, with passwords that no option file likes; and what becomes of
 * it when a password changes, a program dies, the server is away.
 */

import { chownSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { METRICS, type Metric } from '../../schema/metrics/table.ts';
import { sample, scrape, startExporters, untilSample, type Exporter } from './harness/exporters.ts';
import { ISLAND_ROOT } from './harness/island.ts';
import type { Pod } from './harness/pod.ts';
import { defaultMethod, restorePair } from './harness/prepared.ts';
import { withRelease } from './harness/release.ts';
import { table, type Row } from './harness/table.ts';
import { until } from './harness/wait.ts';

interface Pair {
  readonly primary: Pod;
  readonly replica: Pod;
}

const up = (value: number | undefined): boolean => value === 1;
const down = (value: number | undefined): boolean => value !== 1;

const state = (name: string): string => `mysql_sts_state{state="${name}"}`;

/** A metric as the table says that it is served. */
function servedAs(served: string, name: string, { help, labels }: Metric): void {
  assert.ok(served.includes(`# HELP ${name} ${help}\n# TYPE ${name} gauge\n`), `${name} has another help or type:\n${served}`);
  const lines = served.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  const [single] = Object.entries(labels);
  const values = Object.keys(labels).length === 1 ? (single?.[1] ?? []) : [''];
  assert.is(lines.length, values.length, `${name}: ${lines.join('\n')}`);
  for (const line of lines)
    assert.equal(
      [...line.matchAll(/(\w+)="/g)].map(([, label]) => label),
      Object.keys(labels),
      line,
    );
  for (const value of values)
    if (single !== undefined && value !== '')
      assert.ok(
        lines.some((line) => line.includes(`"${value}"`)),
        value,
      );
}

/** The releases of these tests have no failover. */
function isWithout({ on }: Metric, primary: boolean): boolean {
  return on === 'every pod, with failover' || on === (primary ? 'replicas' : 'the primary');
}

async function everything({ primary, replica }: Pair): Promise<void> {
  await untilSample(primary, 'agent-metrics', state('Leading'), up);
  await untilSample(replica, 'agent-metrics', state('Replicating'), up);
  for (const pod of [primary, replica]) {
    await untilSample(pod, 'agent-metrics', 'mysql_sts_ready', up);
    const served = await scrape(pod, 'agent-metrics');
    for (const [name, metric] of Object.entries<Metric>(METRICS)) {
      if (isWithout(metric, pod === primary)) assert.not.match(served, new RegExp(`^${name}\\b`, 'm'), name);
      else servedAs(served, name, metric);
    }
    const others = [...served.matchAll(/^# TYPE (mysql_sts_\w+)/gm)].map(([, name = '']) => name).filter((name) => !(name in METRICS));
    assert.equal(others, []);
    assert.is([...served.matchAll(/^mysql_sts_state\{.*\} 1$/gm)].length, 1, 'a pod is in one state');
    assert.is(sample(served, 'mysql_sts_writable'), pod === primary ? 1 : 0);
    assert.is(sample(served, `mysql_sts_role{role="${pod === primary ? 'primary' : 'replica'}"}`), 1);
    assert.is(sample(served, 'node_textfile_scrape_error'), 0);
    const [size = 0, free = 0] = ['size', 'available'].map((word) => sample(served, `mysql_sts_volume_${word}_bytes`));
    assert.ok(size > free && free > 1e6, `${size} and ${free} bytes`);
    const days = ((sample(served, 'mysql_sts_certificate_not_after_timestamp_seconds') ?? 0) - Date.now() / 1000) / 86_400;
    assert.ok(days > 1 && days < 4000, `the certificate is good for ${days} days`);
    assert.ok(up(sample(await scrape(pod, 'server-metrics'), 'mysql_up')), 'the exporter has logged in');
  }
}

/** The exporters go on with the new password, and nothing is started again. */
async function changedPassword({ primary, replica }: Pair): Promise<void> {
  const pods = [primary, replica];
  for (const pod of pods) await untilSample(pod, 'server-metrics', 'mysql_up', up);
  const before = pods.map((pod) => programOf(pod, 'server-metrics'));
  await primary.release.setPassword('monitor', 'an`other "one";$DOLLAR $HOME');
  await primary.container('agent').says('the accounts and their privileges are up to date');
  for (const pod of pods) {
    await until(`${pod.name} has the new password`, () => option(pod).includes('`an`other'), { seconds: 20 });
    await untilSample(pod, 'server-metrics', 'mysql_up', up);
  }
  assert.equal(
    pods.map((pod) => programOf(pod, 'server-metrics')),
    before,
    'the programs are the same',
  );
}

const option = (pod: Pod): string => readFileSync(pod.path('run', 'exporter.cnf'), 'utf8');

/** The number of the exporter's own process; nothing while there is none. */
function programOf(pod: Pod, name: Exporter): number | undefined {
  return pod
    .container(name)
    .processes()
    .find(({ command }) => command.startsWith('prometheus-'))?.pid;
}

/** Whoever reads an exporter's files must not get the passwords beside them. */
async function nobodyReads({ primary }: Pair): Promise<void> {
  const { island, name } = primary.release;
  const read = (file: string): Promise<string> =>
    island.run('setpriv', '--reuid=65534', '--regid=999', '--clear-groups', 'cat', `${ISLAND_ROOT}/${name}/${primary.name}/run/${file}`);
  assert.match(await read('exporter.cnf'), 'user=monitor');
  for (const file of ['agent.cnf', 'monitor.cnf']) {
    await read(file).then(
      () => {
        assert.unreachable(`${file} was read`);
      },
      (error: unknown) => {
        assert.match(String(error), 'Permission denied');
      },
    );
  }
}

/** A program that dies takes no container with it, and comes back; nor does the database notice. */
async function programDies({ primary }: Pair): Promise<void> {
  for (const name of ['server-metrics', 'agent-metrics'] as const) {
    const before = programOf(primary, name);
    assert.is(primary.container(name).signal('SIGKILL', /^prometheus-/), 1);
    await until(`the program of ${name} is back`, () => programOf(primary, name) !== undefined && programOf(primary, name) !== before, {
      seconds: 20,
    });
    assert.ok(primary.container(name).running);
  }
  await untilSample(primary, 'server-metrics', 'mysql_up', up);
  await untilSample(primary, 'agent-metrics', 'mysql_sts_ready', up);
}

/** An agent that was killed while it wrote leaves half a file beside the one that is served. */
async function halfAFile({ primary }: Pair): Promise<void> {
  const file = primary.path('metrics', 'agent.prom');
  const whole = readFileSync(file, 'utf8');
  await primary.container('agent').kill();
  writeFileSync(`${file}.new`, `${whole.slice(0, whole.length / 2)}mysql_sts_half{`);
  const { uid, gid } = statSync(file);
  chownSync(`${file}.new`, uid, gid);
  const served = await scrape(primary, 'agent-metrics');
  assert.is(sample(served, 'node_textfile_scrape_error'), 0);
  assert.not.match(served, 'mysql_sts_half');
  assert.is(sample(served, state('Leading')), 1);
  primary.start('agent');
  await until('the agent writes again', () => !existsSync(`${file}.new`), { seconds: 40 });
  await untilSample(primary, 'agent-metrics', 'mysql_sts_ready', up);
}

/** The file is replaced as a whole, so that nobody reads half of it. */
async function serverAway({ replica }: Pair): Promise<void> {
  const file = replica.path('metrics', 'agent.prom');
  const before = statSync(file).ino;
  await replica.container('mysql').kill();
  await untilSample(replica, 'agent-metrics', state('NoServer'), up);
  assert.is.not(statSync(file).ino, before, 'the file was written in its place');
  const served = await scrape(replica, 'agent-metrics');
  assert.is(sample(served, 'mysql_sts_ready'), 0);
  assert.is(sample(served, 'mysql_sts_lag_seconds'), undefined);
  await untilSample(replica, 'server-metrics', 'mysql_up', down);
  await replica.startServer();
  await untilSample(replica, 'agent-metrics', state('Replicating'), up);
  await untilSample(replica, 'server-metrics', 'mysql_up', up);
}

/** Kubernetes ends a container by a signal, and a shell that ignored it would hold the pod up until it is killed. */
async function ends({ primary }: Pair): Promise<void> {
  for (const name of ['server-metrics', 'agent-metrics'] as const) assert.is((await primary.container(name).stop(5)).status, 0, name);
}

function row(engine: EngineName): Row {
  return {
    name: `${engine}: everything is served, and survives a changed password, a dead program and a server that is away`,
    run: () =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        for (const ordinal of [0, 1]) await (await release.pod(ordinal)).switchMetricsOn();
        const pair = await restorePair(release);
        await pair.replica.startReady();
        for (const pod of [pair.primary, pair.replica]) await startExporters(pod);
        for (const check of [everything, nobodyReads, changedPassword, programDies, halfAFile, serverAway, ends]) await check(pair);
      }),
  };
}

table('metrics', [row('mysql-9.7'), row('mariadb-11.8')]);
