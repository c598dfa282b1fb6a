/** A real Prometheus in a namespace, which finds pods and reads rules as docs/metrics.md says. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { isObject } from '../../../generator/model/json-schema.ts';
import { valueAt } from '../../../generator/model/model.ts';
import { core, kubectl } from './kubernetes.ts';
import { waitFor } from './progress.ts';
import { NAME, PORT, prometheusObjects } from './prometheus-pod.ts';
import type { Release } from './release.ts';
import { ROOT } from './tools.ts';

/** Seconds until an image that is there has been started. */
const START_DEADLINE = 120;

/** How soon it looks again, and how long something must be so before it warns; nothing: as long as the chart says. */
export interface Patience {
  readonly interval: string;
  readonly lasting?: string;
}

/** One series of an answer. */
export interface Answer {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Starts it, for the releases of a namespace. */
export async function startPrometheus(namespace: string, releases: readonly Release[], patience: Patience): Promise<Prometheus> {
  const files: Record<string, string> = { 'prometheus.yml': configFor(namespace, patience) };
  for (const { fullname } of releases) files[`rules-${fullname}.yaml`] = await rulesOf(namespace, fullname, patience);
  await kubectl(namespace, ['apply', '--filename=-'], {
    input: prometheusObjects(files)
      .map((one) => stringify(one))
      .join('---\n'),
  });
  await kubectl(namespace, ['wait', '--for=condition=Ready', `--timeout=${START_DEADLINE}s`, `pod/${NAME}`]);
  return new Prometheus(namespace);
}

/** The scrape configuration of docs/metrics.md, for this namespace alone, since a test may not look into others. */
function configFor(namespace: string, { interval }: Patience): string {
  const [, text = ''] = /<!-- scrape -->\n\n```text\n([^]*?)```/.exec(readFileSync(join(ROOT, 'docs/metrics.md'), 'utf8')) ?? [];
  const config: unknown = parse(text.replace('- role: pod\n', `- role: pod\n        namespaces: { names: [${namespace}] }\n`));
  const global = { scrape_interval: interval, evaluation_interval: interval };
  return stringify({ global, rule_files: ['/etc/prometheus/rules-*.yaml'], ...(isObject(config) ? config : {}) });
}

/** The file that the chart made for it. */
async function rulesOf(namespace: string, fullname: string, { lasting }: Patience): Promise<string> {
  const { data } = await core.readNamespacedConfigMap({ namespace, name: `${fullname}-rules` });
  const text = data?.['rules.yaml'] ?? '';
  return lasting === undefined ? text : text.replaceAll(/^( +for): .*$/gm, `$1: ${lasting}`);
}

/** Asks it through the API server. */
export class Prometheus {
  readonly #namespace: string;

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  /** The series that an expression gives now. */
  async query(expr: string): Promise<readonly Answer[]> {
    const result = valueAt(await this.#get(`query?query=${encodeURIComponent(expr)}`), 'data.result');
    return (Array.isArray(result) ? result : []).filter(isObject).map((one) => {
      const [metric, value] = [one['metric'], one['value']];
      const labels = isObject(metric) ? Object.entries(metric).map(([key, label]): [string, string] => [key, String(label)]) : [];
      return { labels: Object.fromEntries(labels), value: Number(Array.isArray(value) ? value[1] : Number.NaN) };
    });
  }

  /** Waits until an expression gives so many series, and gives them. */
  async until(expr: string, count: (found: number) => boolean, deadline = 90): Promise<readonly Answer[]> {
    return waitFor<readonly Answer[]>({
      what: `Prometheus to find the right number of ${expr}`,
      deadline,
      look: async () => {
        const found = await this.query(expr);
        return count(found.length) ? { done: true, value: found } : { done: false, state: `${found.length} of ${expr}` };
      },
    });
  }

  /** What alerts of a name say now that fire for one release: their annotations. */
  async firing(name: string, { fullname }: Release): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const alerts = valueAt(await this.#get('alerts'), 'data.alerts');
    return (Array.isArray(alerts) ? alerts : []).filter(isObject).flatMap((alert) => {
      const [labels, annotations] = [alert['labels'], alert['annotations']];
      const meant = isObject(labels) && labels['alertname'] === name && labels['release'] === fullname && alert['state'] === 'firing';
      return meant && isObject(annotations) ? [annotations] : [];
    });
  }

  async #get(path: string): Promise<unknown> {
    const answer: unknown = JSON.parse(
      await kubectl(this.#namespace, ['get', '--raw', `/api/v1/namespaces/${this.#namespace}/pods/${NAME}:${PORT}/proxy/api/v1/${path}`]),
    );
    return answer;
  }
}
