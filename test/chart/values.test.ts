import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULTS } from '../../schema/defaults.ts';
import type { PlainValues } from '../../generator/evaluate-rules.ts';
import { typesOf } from '../../generator/json-schema.ts';
import { leavesOf } from '../../generator/model.ts';
import { buildModel } from '../../generator/phases/build-model.ts';
import { compileSchema } from '../../generator/phases/compile-schema.ts';
import { normaliseSchema } from '../../generator/phases/normalise-schema.ts';
import { assertGolden } from '../support/golden.ts';
import { HELMS, template } from '../support/helm.ts';
import { merge, valuesAt } from '../support/merge.ts';
import { REFUSED } from '../support/refused-values.ts';
import { RULE_CASES } from '../support/rule-cases.ts';

const test = suite('values');

const GOLDEN = fileURLToPath(new URL('golden/', import.meta.url));

function assertRenders(values: PlainValues): void {
  for (const version of HELMS) {
    const { status, stderr } = template(version, { values });
    assert.is(status, 0, `${version}: ${stderr}`);
  }
}

/** What both Helms say to values that they refuse; they must agree. */
function refusal(values: PlainValues): string {
  const [first, second] = HELMS.map((version) => template(version, { values }));
  assert.is.not(first?.status, 0, 'the values are accepted');
  assert.is(first?.stderr, second?.stderr);
  return first?.stderr ?? '';
}

/** Every choice between kinds, in the few lines that a user would write. The default choice's options stay behind. */
const CHOICES: readonly PlainValues[] = [
  { clone: { method: 'plugin' } },
  { clone: { method: 'plugin', plugin: { stallTimeout: '1m' } } },
  { clone: { method: 'xtrabackup' } },
  { engine: 'mariadb-10.11', clone: { method: 'mariadb-backup', streaming: { parallel: 4 } } },
  { storage: { kind: 'ephemeral' } },
  { storage: { kind: 'dynamic', storageClassName: 'fast' } },
  { storage: { kind: 'static', static: { source: { nfs: { server: '10.1.0.38', path: '/data' } } } } },
  { storage: { kind: 'static', static: { source: { kind: 'hostPath', hostPath: { path: '/srv' } } } } },
  { storage: { kind: 'static', static: { source: { kind: 'local', local: { path: '/srv', node: 'node-1' } } } } },
  { tls: { mode: 'secret', secretName: 'database-tls' } },
  { services: { primary: { type: 'NodePort', nodePort: 30306 } } },
  { services: { read: { type: 'LoadBalancer' } } },
  { update: { strategy: 'OnDelete' } },
  { scheduling: { antiAffinity: 'none' } },
  { resources: { server: { limits: { cpu: 2, memory: '1.5Gi' } } } },
];

for (const values of CHOICES) {
  test(`${JSON.stringify(values)} is accepted`, () => {
    assertRenders(values);
  });
}

const model = buildModel(normaliseSchema(compileSchema()), DEFAULTS);
const deletable = leavesOf(model.root).filter((leaf) => typesOf(leaf.schema).includes('null'));

test('maps, lists and values without default can be deleted with null', () => {
  assert.ok(deletable.length > 20);
  assertRenders(deletable.map(({ path }) => valuesAt(path, null)).reduce(merge));
});

test('large whole numbers are printed in full', () => {
  for (const version of HELMS) {
    const { stdout } = template(version, {
      values: { config: { serverIdBase: 4294967000 }, terminationGracePeriodSeconds: 1000000 },
    });
    assert.match(stdout, /name: SERVER_ID_BASE\n +value: "4294967000"/);
    assert.match(stdout, /terminationGracePeriodSeconds: 1000000\n/);
  }
});

test('every rule between values speaks with the words of the model', () => {
  for (const [id, { refused, message }] of Object.entries(RULE_CASES)) {
    assert.ok(refusal(refused).includes(`1. ${message}\n`), `${id}: ${refusal(refused)}`);
  }
});

test('what a person sees of refused values is as reviewed', () => {
  const seen = REFUSED.map((values) => `${JSON.stringify(values)}\n${refusal(values)}`);
  assertGolden(`${GOLDEN}refused-values.txt`, seen.join('\n'));
});

test.run();
