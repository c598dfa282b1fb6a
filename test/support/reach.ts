/** Which connections a rendered NetworkPolicy lets through, as an evaluator says that the Kubernetes project wrote (tools/policies). */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './tools.ts';
import type { Manifest } from './helm.ts';

/** Somebody who may want to connect: a pod, or, without a namespace, an address outside of the cluster. */
export interface Party {
  readonly name: string;
  readonly address: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Namespaces, and the labels beside the name that Kubernetes gives them. */
export type Namespaces = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Situation {
  readonly namespaces: Namespaces;
  readonly parties: readonly Party[];
  readonly policies: readonly Manifest[];
}

/** The names of those who may connect to a port of a party. */
export function whoReaches(situation: Situation, target: Party, port: number): readonly string[] {
  const others = situation.parties.filter(({ name }) => name !== target.name);
  const questions = others.map(({ address }) => ({ from: address, to: target.address, port }));
  const answers = evaluate(situation, questions);
  return others.filter((_, index) => answers[index] === true).map(({ name }) => name);
}

function evaluate({ namespaces, parties, policies }: Situation, questions: readonly object[]): readonly unknown[] {
  const input = JSON.stringify({
    namespaces: Object.entries(namespaces).map(([name, labels]) => ({
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } },
    })),
    pods: parties.filter(({ namespace }) => namespace !== undefined).map(pod),
    policies,
    questions,
  });
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'tools/with.sh'), ['policies', 'reach'], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`reach ended with status ${String(status)}: ${stderr}`);
  const answers: unknown = JSON.parse(stdout);
  if (!Array.isArray(answers) || answers.length !== questions.length) throw new TypeError(`reach did not answer each question: ${stdout}`);
  return answers;
}

function pod({ name, namespace, labels = {}, address }: Party): object {
  return { metadata: { name, namespace, labels }, spec: { nodeName: 'node' }, status: { phase: 'Running', podIPs: [{ ip: address }] } };
}
