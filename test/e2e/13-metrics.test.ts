/** Metrics as a real Prometheus reads them from pods behind a NetworkPolicy, and alerts after what they are about was brought about. */

import assert from 'node:assert/strict';
import { panelQueries, selectors } from '../support/dashboard-queries.ts';
import { processesIn, signal, type NodeProcess } from '../faults/support/node.ts';
import { kubectl, podNamed } from './support/kubernetes.ts';
import { leaderOf, untilLeads, wish } from './support/lease.ts';
import { isReady } from './support/pods.ts';
import { untilHolds } from './support/progress.ts';
import { READER } from './support/prometheus-pod.ts';
import { startPrometheus, type Prometheus } from './support/prometheus.ts';
import { SMALL, type Overrides, type Release } from './support/release.ts';
import { scenario, type Step } from './support/scenario.ts';
import { podSql } from './support/sql.ts';
import { writeRows } from './support/writer.ts';

const METRICS: Overrides = {
  ...SMALL,
  metrics: { enabled: true, peers: [{ podSelector: { matchLabels: READER } }], rules: { enabled: true, kind: 'ConfigMap' } },
};

/** Seconds until an alert without patience has been heard of. */
const ALERT_DEADLINE = 90;

async function untilFires(prometheus: Prometheus, release: Release, name: string, section: string, words: RegExp): Promise<void> {
  await untilHolds(`${name} of ${release.fullname} to fire`, ALERT_DEADLINE, async () => {
    const [found] = (await prometheus.firing(name, release)).filter(({ description }) => words.test(String(description)));
    assert.ok(found !== undefined, 'it does not fire');
    assert.equal(found['runbook_url'], `docs/runbook.md#${section}`);
  });
}

async function untilQuiet(prometheus: Prometheus, release: Release, name: string): Promise<void> {
  await untilHolds(`${name} of ${release.fullname} to end`, ALERT_DEADLINE, async () => {
    assert.deepEqual(await prometheus.firing(name, release), []);
  });
}

/** The exporter's own process, not the shell that starts it again. */
async function programOf({ namespace }: Release, pod: string, container: string): Promise<NodeProcess> {
  const found = processesIn(await podNamed(namespace, pod), container).find(({ command }) => /^\S*exporter --/.test(command));
  assert.ok(found !== undefined, `${container} of ${pod} runs no exporter`);
  return found;
}

async function checkReady({ namespace }: Release, pod: string): Promise<void> {
  assert.ok(isReady(await podNamed(namespace, pod)), `${pod} is not Ready`);
}

/** What the steps share. */
class Scene {
  #mysql: Release | undefined;
  #mariadb: Release | undefined;
  #prometheus: Prometheus | undefined;

  get mysql(): Release {
    return there(this.#mysql);
  }
  set mysql(release: Release) {
    this.#mysql = release;
  }
  get mariadb(): Release {
    return there(this.#mariadb);
  }
  set mariadb(release: Release) {
    this.#mariadb = release;
  }
  get prometheus(): Prometheus {
    return there(this.#prometheus);
  }
  set prometheus(prometheus: Prometheus) {
    this.#prometheus = prometheus;
  }

  both(): readonly Release[] {
    return [this.mysql, this.mariadb];
  }
}

function there<T>(found: T | undefined): T {
  assert.ok(found !== undefined, 'a step before this one has made it');
  return found;
}

function defineReading(step: Step, scene: Scene): void {
  step('reads every pod of a release with failover and of one without', async (world) => {
    scene.mysql = await world.install('orders', { ...METRICS, engine: 'mysql-9.7', failover: { mode: 'automatic' } });
    scene.mariadb = await world.install('news', { ...METRICS, engine: 'mariadb-11.8', replicaCount: 2 });
    for (const release of scene.both()) await writeRows(release, 20);
    scene.prometheus = await startPrometheus(world.namespace, scene.both(), { interval: '1s', lasting: '1s' });
    await scene.prometheus.until('up == 1', (found) => found === 10);
    await scene.prometheus.until('mysql_sts_ready == 1', (found) => found === 5);
  });

  step('finds the series of every panel, and of the Lease only where there is one', async () => {
    for (const { namespace, fullname } of scene.both()) {
      const chosen = { namespace, release: fullname };
      for (const query of panelQueries(chosen)) await scene.prometheus.until(query, (found) => found > 0);
      for (const one of panelQueries(chosen).flatMap(selectors)) assert.ok((await scene.prometheus.query(one)).length > 0, one);
    }
    const releases = (await scene.prometheus.query('count by (release) (mysql_sts_term)')).map(({ labels }) => labels['release']);
    assert.deepEqual(releases, [scene.mysql.fullname]);
  });
}

function defineExporters(step: Step, scene: Scene): void {
  step('loses no pod when an exporter dies or hangs, and says that it hangs', async () => {
    const release = scene.mariadb;
    const pod = `${release.fullname}-1`;
    for (const container of ['server-metrics', 'agent-metrics']) {
      const dead = await programOf(release, pod, container);
      signal([dead], 'SIGKILL');
      await untilHolds(`${container} to be back`, ALERT_DEADLINE, async () => {
        assert.notEqual((await programOf(release, pod, container)).pid, dead.pid);
      });
      await checkReady(release, pod);
    }
    await untilQuiet(scene.prometheus, release, 'MysqlStsExporterSilent');
    const hanging = await programOf(release, pod, 'server-metrics');
    signal([hanging], 'SIGSTOP');
    await untilFires(scene.prometheus, release, 'MysqlStsExporterSilent', 'metrics-are-missing', /:9104 of .*-1\. The database goes on/);
    await checkReady(release, pod);
    signal([hanging], 'SIGCONT');
    await untilQuiet(scene.prometheus, release, 'MysqlStsExporterSilent');
  });

  step('says that an exporter cannot log in, while the pod stays Ready', async () => {
    const release = scene.mysql;
    const pod = `${release.fullname}-2`;
    const inAgent = (script: string): Promise<string> =>
      kubectl(release.namespace, ['exec', pod, '--container=agent', '--', 'bash', '-c', `cd /run/mysql-sts && ${script}`]);
    await inAgent('cp -p exporter.cnf kept.cnf && sed -i s/^password=.*/password=wrong/ exporter.cnf');
    signal([await programOf(release, pod, 'server-metrics')], 'SIGKILL');
    await untilFires(
      scene.prometheus,
      release,
      'MysqlStsExporterCannotLogIn',
      'metrics-are-missing',
      /-2 answers its agent and not its exporter/,
    );
    await checkReady(release, pod);
    await inAgent('mv kept.cnf exporter.cnf');
    signal([await programOf(release, pod, 'server-metrics')], 'SIGKILL');
    await untilQuiet(scene.prometheus, release, 'MysqlStsExporterCannotLogIn');
  });
}

function defineStates(step: Step, scene: Scene): void {
  step('leads from a stopped replica to its section of the runbook', async () => {
    for (const release of scene.both()) {
      const pod = `${release.fullname}-1`;
      await podSql(release, pod, `${release.engine.sql.stopReplica};`);
      await untilFires(scene.prometheus, release, 'MysqlStsReplicaBroken', 'stoppedbyhand', /-1 is StoppedByHand/);
      await podSql(release, pod, `${release.engine.sql.startReplica};`);
      await untilQuiet(scene.prometheus, release, 'MysqlStsReplicaBroken');
    }
  });

  step('says that the primary has moved, and whose the Lease is', async () => {
    const release = scene.mysql;
    const next = `${release.fullname}-1`;
    await wish(release, next);
    await untilLeads(release, 'pod 1 to lead', (leader) => leader === next);
    await untilFires(scene.prometheus, release, 'MysqlStsPrimaryMoved', 'fenced', /has moved 1 times/);
    const [holder] = await scene.prometheus.until('mysql_sts_holds_lease == 1', (found) => found === 1);
    assert.equal(holder?.labels['pod'], (await leaderOf(release)).pod);
  });

  step('says that too few pods are left to elect a primary', async () => {
    const release = scene.mysql;
    const lost = await Promise.all([1, 2].map(async (ordinal) => podNamed(release.namespace, `${release.fullname}-${ordinal}`)));
    const processes = lost.flatMap((pod) => ['mysql', 'keeper', 'agent'].flatMap((container) => processesIn(pod, container)));
    signal(processes, 'SIGSTOP');
    try {
      await untilFires(scene.prometheus, release, 'MysqlStsElectionStuck', 'noquorum', /-0 is in the state NoQuorum/);
    } finally {
      signal(processes, 'SIGCONT');
    }
    await untilQuiet(scene.prometheus, release, 'MysqlStsElectionStuck');
  });
}

scenario('metrics', (step) => {
  const scene = new Scene();
  defineReading(step, scene);
  defineExporters(step, scene);
  defineStates(step, scene);
});
