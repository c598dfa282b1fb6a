/** Which labels the read service asks of a pod. */

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HELMS, manifests, type Helm } from '../support/helm.ts';

const test = suite('read service');

type Choice = 'never' | 'whenAlone' | 'always';

/** The label beside those that all pods of the release have. */
function asked(version: Helm, replicaCount: number, includePrimary: Choice): string {
  const values = { replicaCount, services: { read: { includePrimary } } };
  const service = manifests(version, { values }).find(({ kind, metadata }) => kind === 'Service' && metadata.name.endsWith('-read'));
  return /"app.kubernetes.io\/component":"[^"]*",(.*?)}/.exec(JSON.stringify(service).split('"selector":')[1] ?? '')?.[1] ?? '';
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

test.run();
