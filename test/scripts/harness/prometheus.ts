/** A real Prometheus that reads the exporters of test pods, with labels as the chart's PodMonitor gives them. */

import { spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import { isObject } from '../../../generator/model/json-schema.ts';
import { valueAt } from '../../../generator/model/model.ts';
import { EXPORTERS } from './exporters.ts';
import { metricsRoot } from './images.ts';
import type { Pod } from './pod.ts';
import { until } from './wait.ts';

const PORT = 9090;

/** The release that the series belong to: what the rules of the test are rendered for. */
const LABELS = { namespace: 'shop', release: 'demo-mysql-sts' } as const;

/** One series of an answer. */
export interface Answer {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Prometheus in a pod's network. */
export class Prometheus {
  readonly #pod: Pod;

  constructor(pod: Pod) {
    this.#pod = pod;
  }

  /** Starts it with rules, to read these pods every second. */
  static async start(home: Pod, pods: readonly Pod[], rules: string): Promise<Prometheus> {
    const folder = home.path('tmp', 'prometheus');
    await mkdir(folder);
    await chmod(folder, 0o777);
    const targets = pods.flatMap((pod) =>
      Object.values(EXPORTERS).map(({ port }) => ({
        targets: [`${pod.release.address(pod.ordinal)}:${port}`],
        labels: { ...LABELS, pod: pod.name },
      })),
    );
    const config = {
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: ['/tmp/prometheus/rules.yaml'],
      scrape_configs: [{ job_name: 'shop', static_configs: targets }],
    };
    await writeFile(`${folder}/rules.yaml`, rules);
    await writeFile(`${folder}/prometheus.yml`, stringify(config));
    const options = ['config.file=/tmp/prometheus/prometheus.yml', 'storage.tsdb.path=/tmp/prometheus/data', `web.listen-address=:${PORT}`];
    const command = ['prometheus', ...options.map((option) => `--${option}`)];
    home.launch('prometheus', { command, image: { root: await metricsRoot('prometheus') }, mounts: [] });
    const prometheus = new Prometheus(home);
    const ready = async (): Promise<boolean> => (await prometheus.query('count(up == 1)').catch(() => []))[0]?.value === targets.length;
    await until('Prometheus reads every exporter', ready, { seconds: 60, why: () => home.container('prometheus').tail });
    return prometheus;
  }

  /** The series that an expression gives now. */
  async query(expr: string): Promise<readonly Answer[]> {
    const result = valueAt(await this.#get(`query?query=${encodeURIComponent(expr)}`), 'data.result');
    if (!Array.isArray(result)) throw new Error(`Prometheus does not take ${expr}`);
    return result.filter(isObject).map((one) => {
      const [metric, value] = [one['metric'], one['value']];
      const labels = isObject(metric) ? Object.entries(metric).map(([key, label]): [string, string] => [key, String(label)]) : [];
      return { labels: Object.fromEntries(labels), value: Number(Array.isArray(value) ? value[1] : Number.NaN) };
    });
  }

  /** Its rules, each with its name, how it fares and what it has to say. */
  async rules(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const groups = valueAt(await this.#get('rules'), 'data.groups');
    return (Array.isArray(groups) ? groups : []).flatMap((group) => {
      const rules = valueAt(group, 'rules');
      return Array.isArray(rules) ? rules.filter(isObject) : [];
    });
  }

  async #get(path: string): Promise<unknown> {
    const { release, ordinal } = this.#pod;
    const [enter, ...prefix] = release.island.prefix;
    const code = 'exec 6<>/dev/tcp/$0/$1; printf \'GET /api/v1/%s HTTP/1.0\\r\\n\\r\\n\' "$2" >&6; cat <&6';
    const words = [...prefix, 'timeout', '20', 'bash', '-c', code, release.address(ordinal), String(PORT), path];
    const child = spawn(enter, words, { stdio: ['ignore', 'pipe', 'ignore'] });
    const [, body = ''] = (await text(child.stdout)).split('\r\n\r\n');
    return JSON.parse(body);
  }
}
