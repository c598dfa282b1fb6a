/** The exporters beside a pod's server, with the command lines that the chart gives them, and what they serve. */

import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { isObject } from '../../../generator/model/json-schema.ts';
import { valueAt } from '../../../generator/model/model.ts';
import { manifests } from '../../support/helm.ts';
import type { Container } from './container.ts';
import { metricsRoot } from './images.ts';
import type { Pod } from './pod.ts';
import { until } from './wait.ts';

/** The containers, with the image and the port of each. */
export const EXPORTERS = {
  'server-metrics': { image: 'mysqld-exporter', port: 9104 },
  'agent-metrics': { image: 'node-exporter', port: 9105 },
} as const;

export type Exporter = keyof typeof EXPORTERS;

/** Values that switch metrics on. */
export const METRICS_VALUES = { metrics: { enabled: true, peers: [{ namespaceSelector: {} }] } } as const;

interface Rendered {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** What the chart starts in a container. */
function rendered(name: Exporter): Rendered {
  const set = manifests('helm4', { values: METRICS_VALUES }).find(({ kind }) => kind === 'StatefulSet');
  const containers = valueAt(set, 'spec.template.spec.containers');
  const found = (Array.isArray(containers) ? containers : []).filter(isObject).find((container) => container['name'] === name);
  if (found === undefined || !Array.isArray(found['command']) || !Array.isArray(found['env']))
    throw new Error(`There is no container ${name}.`);
  const entries = found['env'].filter(isObject).map((entry): [string, string] => [String(entry['name']), String(entry['value'])]);
  return { command: found['command'].map(String), environment: Object.fromEntries(entries) };
}

/** Starts one, as nobody in the pod's group. */
export async function startExporter(pod: Pod, name: Exporter): Promise<Container> {
  const { command, environment } = rendered(name);
  const root = await metricsRoot(EXPORTERS[name].image);
  return pod.launch(name, { command, image: { root }, mounts: ['metrics'], user: 'nobody' }, environment);
}

/** Starts both. */
export async function startExporters(pod: Pod): Promise<void> {
  await startExporter(pod, 'server-metrics');
  await startExporter(pod, 'agent-metrics');
}

const GET = "exec 6<>/dev/tcp/$0/$1; printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' >&6; cat <&6";

/** What an exporter serves now; nothing when it does not answer. */
export async function scrape(pod: Pod, name: Exporter): Promise<string> {
  const { island } = pod.release;
  const [enter, ...prefix] = island.prefix;
  const address = pod.release.address(pod.ordinal);
  const child = spawn(enter, [...prefix, 'timeout', '10', 'bash', '-c', GET, address, String(EXPORTERS[name].port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return text(child.stdout);
}

/** The value of a series, written as Prometheus does: name{label="value"}. */
export function sample(served: string, series: string): number | undefined {
  const line = served.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

/** Waits until a series has a value that fits. */
export async function untilSample(
  pod: Pod,
  name: Exporter,
  series: string,
  fits: (value: number | undefined) => boolean,
  seconds = 40,
): Promise<void> {
  let last = '';
  const look = async (): Promise<boolean> => {
    last = await scrape(pod, name);
    return fits(sample(last, series));
  };
  await until(`${series} of ${pod.name} fits`, look, { seconds, why: () => last });
}
