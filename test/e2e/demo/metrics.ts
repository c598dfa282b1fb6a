/** `make demo METRICS=1`: a Prometheus beside the release, which answers on this machine. */

import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { panelQueries } from '../../support/dashboard-queries.ts';
import { kubectl } from '../support/kubernetes.ts';
import { say, waitFor } from '../support/progress.ts';
import { NAME, PORT, READER } from '../support/prometheus-pod.ts';
import { startPrometheus, type Answer, type Prometheus } from '../support/prometheus.ts';
import type { Overrides, Release } from '../support/release.ts';
import { ENVIRONMENT } from '../support/tools.ts';
import { heading, table } from './screen.ts';

/** Values that switch on what it reads. */
export const WITH_METRICS: Overrides = {
  metrics: { enabled: true, peers: [{ podSelector: { matchLabels: READER } }], rules: { enabled: true, kind: 'ConfigMap' } },
};

const QUERIES: readonly (readonly [query: string, meaning: string])[] = [
  ['mysql_sts_writable == 1', 'which pod takes writes'],
  ['mysql_sts_lag_seconds', 'how many seconds each replica is behind'],
  ['rate(mysql_global_status_queries[1m])', 'statements a second on each pod'],
];

/** Starts it, and says how it is reached and what to ask. The way to it ends with its pod. */
export async function showMetrics(release: Release): Promise<void> {
  heading('Metrics');
  await kubectl(release.namespace, ['delete', 'pod', NAME, '--ignore-not-found']);
  const prometheus = await startPrometheus(release.namespace, [release], { interval: '5s' });
  const panels = panelQueries({ namespace: release.namespace, release: release.fullname });
  for (const query of panels) await prometheus.until(query, (found) => found > 0);
  say(`  Each of the ${panels.length} queries of the dashboard has data.`);
  const address = await forward(release.namespace);
  await ask(prometheus);
  heading(`Prometheus answers at ${address} until the namespace is removed. Three queries worth asking`);
  for (const [query, meaning] of QUERIES) say(`  curl -sG ${address}/api/v1/query --data-urlencode 'query=${query}'   # ${meaning}`);
}

async function ask(prometheus: Prometheus): Promise<void> {
  const pod = ({ labels, value }: Answer): string => `${labels['pod'] ?? ''}: ${value.toFixed(1)}`;
  const rows = QUERIES.map(async ([query]) => [query, (await prometheus.until(query, (found) => found > 0)).map(pod).join(', ')]);
  table([['QUERY', 'ANSWER'], ...(await Promise.all(rows))]);
}

/** Leaves a program behind that forwards a port of this machine, and that ends when the pod or the cluster does. */
const FORWARD = `
  kubectl --namespace "$1" port-forward "pod/$2" ":$3" --address 127.0.0.1 > "$4" 2>&1 &
  kubectl --namespace "$1" wait --for=delete "pod/$2" --timeout=-1s > /dev/null 2>&1
  kill $!
  rm -f "$4"`;

/** Seconds until kubectl has told the port. */
const FORWARD_DEADLINE = 30;

async function forward(namespace: string): Promise<string> {
  const log = join(tmpdir(), `mysql-sts-demo-${process.pid}.log`);
  // It says a line for each connection, so what it writes to must outlive this program.
  spawn('bash', ['-c', FORWARD, '-', namespace, NAME, String(PORT), log], { env: ENVIRONMENT, detached: true, stdio: 'ignore' }).unref();
  return waitFor<string>({
    what: 'a port of this machine that leads to Prometheus',
    deadline: FORWARD_DEADLINE,
    look: async () => {
      const said = await readFile(log, 'utf8').catch(() => '');
      const [, address] = /^Forwarding from (127\.0\.0\.1:\d+) /m.exec(said) ?? [];
      return address === undefined ? { done: false, state: said.trim() } : { done: true, value: `http://${address}` };
    },
  });
}
