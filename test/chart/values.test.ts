import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlainValues } from '../../generator/evaluate-rules.ts';
import { typesOf } from '../../generator/json-schema.ts';
import { leavesOf } from '../../generator/model.ts';
import { assertGolden } from '../support/golden.ts';
import { HELMS, template } from '../support/helm.ts';
import { merge, valuesAt } from '../support/merge.ts';
import { projectModel } from '../support/model.ts';
import { REFUSED } from '../support/refused-values.ts';
import { RULE_CASES } from '../support/rule-cases.ts';
import { readValues, valuesFiles } from '../support/values-files.ts';
import { mistakesIn } from '../support/verdict.ts';

const test = suite('values');

const GOLDEN = fileURLToPath(new URL('golden/', import.meta.url));

/** The verdicts of the schema and the rules by themselves are those of both Helms. */
function assertRenders(values: PlainValues): void {
  assert.equal(mistakesIn(values), []);
  for (const version of HELMS) {
    const { status, stderr } = template(version, { values });
    assert.is(status, 0, `${version}: ${stderr}`);
  }
}

/** What both Helms say to values that they refuse; they must agree. */
function refusal(values: PlainValues): string {
  const [first, second] = HELMS.map((version) => template(version, { values }));
  assert.is.not(first?.status, 0, 'the values are accepted');
  assert.is.not(mistakesIn(values).length, 0, 'the schema and the rules accept the values');
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

const deletable = leavesOf(projectModel().root).filter((leaf) => typesOf(leaf.schema).includes('null'));

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

test('values between which a rule just does not bite are accepted', () => {
  for (const { accepted } of Object.values(RULE_CASES)) assertRenders(accepted);
});

for (const file of valuesFiles()) {
  test(`${basename(file)} is accepted without Helm, as it is with it in the golden renderings`, () => {
    assert.equal(mistakesIn(readValues(file)), []);
  });
}

test('what a person sees of refused values is as reviewed', () => {
  const seen = REFUSED.map((values) => `${JSON.stringify(values)}\n${refusal(values)}`);
  assertGolden(`${GOLDEN}refused-values.txt`, seen.join('\n'));
});

test.run();
