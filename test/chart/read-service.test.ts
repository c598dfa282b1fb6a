/** Which labels the read service asks of a pod, and whom it lets clone. */

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { HELMS, manifests, type Helm } from '../support/helm.ts';

const test = suite('read service');

type Choice = 'never' | 'whenAlone' | 'always';

function readService(version: Helm, values: PlainValues): string {
  return JSON.stringify(manifests(version, { values }).find(({ kind, metadata }) => kind === 'Service' && metadata.name.endsWith('-read')));
}

/** The label beside those that all pods of the release have. */
function asked(version: Helm, replicaCount: number, includePrimary: Choice): string {
  const service = readService(version, { replicaCount, services: { read: { includePrimary } } });
  return /"app.kubernetes.io\/component":"[^"]*",(.*?)}/.exec(service.split('"selector":')[1] ?? '')?.[1] ?? '';
}

const REPLICA = '"mysql-sts/role":"replica"';
const READABLE = '"mysql-sts/readable":"true"';
const FIRST = '"statefulset.kubernetes.io/pod-name":"demo-mysql-sts-0"';

const CASES: readonly (readonly [replicaCount: number, includePrimary: Choice, label: string])[] = [
  [3, 'never', REPLICA],
  [1, 'never', REPLICA],
  [3, 'whenAlone', REPLICA],
  // There is no other, and it needs nobody who may set labels.
  [1, 'whenAlone', FIRST],
  [1, 'always', FIRST],
  // A replica out of touch may be Ready, so that an upgrade gets past it, and must not be read.
  [3, 'always', READABLE],
];

for (const version of HELMS) {
  for (const [replicaCount, includePrimary, label] of CASES) {
    test(`${version}: of ${replicaCount} pods, includePrimary ${includePrimary}`, () => {
      assert.is(asked(version, replicaCount, includePrimary), label);
    });
  }
}

const STREAMING = 'mariadb-11.8';
const PORTS: readonly (readonly [what: string, engine: string, read: PlainValues, ports: readonly number[]])[] = [
  ['a plugin needs no port of its own', 'mysql-9.7', {}, [3306]],
  ['streams have one', STREAMING, {}, [3306, 3307]],
  ['streams have none outside of the cluster, by a balancer', STREAMING, { type: 'LoadBalancer' }, [3306]],
  ['streams have none outside of the cluster, by nodes', STREAMING, { type: 'NodePort' }, [3306]],
  ['a port that is taken is not there twice', STREAMING, { port: 3307 }, [3307]],
];

for (const version of HELMS) {
  for (const [what, engine, read, ports] of PORTS) {
    test(`${version}: ${what}`, () => {
      const found = readService(version, { engine, services: { read } }).matchAll(/"port":(\d+)/g);
      assert.equal([...found].map(([, port]) => Number(port)), ports);
    });
  }
}

test.run();
