import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isObject, typesOf } from '../../generator/model/json-schema.ts';
import { leavesOf, valueAt } from '../../generator/model/model.ts';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { assertGolden } from '../support/golden.ts';
import { HELMS, manifests, template } from '../support/helm.ts';
import { merge, valuesAt } from '../support/merge.ts';
import { projectModel } from '../support/model.ts';
import { REFUSED } from '../support/refused-values.ts';
import { RULE_CASES } from '../support/rule-cases.ts';
import { readValues, valuesFiles } from '../support/values-files.ts';
import { mistakesIn } from '../support/verdict.ts';

const test = suite('values', { file: '' });

test.before((context) => {
  context.file = join(mkdtempSync(join(tmpdir(), 'mysql-sts-')), 'values.yaml');
});
test.after(({ file }) => {
  rmSync(dirname(file), { recursive: true });
});

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

/** What a block of YAML would not carry as it is: margins, tabs, empty lines, marks between documents, line breaks of Unicode. */
const AWKWARD_TEXTS = [
  '  # mine\n[mysqld]\n',
  '\t[mysqld]\n',
  '\n\n      \n  [mysqld]\n',
  '[mysqld]\n---\n...\n',
  '[mysqld] \r\nport = 3306 \r\n',
  '[mysqld]\ninit_connect = "SET @a = \u0085\u2028\u00A0{{ x }} %d"\n',
];

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

for (const text of AWKWARD_TEXTS) {
  test(`${JSON.stringify(text)} reaches the pods as it is`, ({ file }) => {
    const values = { config: { common: text, primary: text }, initdb: { scripts: { 'a.sql': text } } };
    writeFileSync(file, JSON.stringify(values).replaceAll(/[\u0080-\uFFFF]/g, escaped));
    for (const version of HELMS) {
      const data = manifests(version, { files: [file] }).map((object) => valueAt(object, 'data'));
      for (const file of ['common.cnf', 'primary.cnf', 'a.sql']) {
        assert.ok(data.some((files) => isObject(files) && files[file] === text), `${version}: ${file}`);
      }
    }
  });
}

test('a configuration ends with a line break, so that nothing is glued to it', () => {
  const objects = manifests('helm4', { values: { config: { common: '[mysqld]' } } });
  const files = objects.find(({ metadata }) => metadata.name === 'demo-mysql-sts-config');
  assert.equal(valueAt(files, 'data'), { 'common.cnf': '[mysqld]\n', 'primary.cnf': '', 'replica.cnf': '' });
});

/** What decides on which nodes the pods run. */
function affinityOf(values: PlainValues): unknown {
  const [set] = manifests('helm4', { values }).filter(({ kind }) => kind === 'StatefulSet');
  return valueAt(set, 'spec.template.spec.affinity');
}

test('the preset that keeps pods apart stays beside a rule about nodes, and goes for one about pods', () => {
  const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } };
  const podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [] };
  const preset = valueAt(affinityOf({}), 'podAntiAffinity');
  assert.ok(preset);
  assert.equal(affinityOf({ scheduling: { affinity: { nodeAffinity } } }), { nodeAffinity, podAntiAffinity: preset });
  assert.equal(affinityOf({ scheduling: { affinity: { podAntiAffinity } } }), { podAntiAffinity });
  assert.equal(affinityOf({ scheduling: { affinity: { nodeAffinity }, antiAffinity: 'none' } }), { nodeAffinity });
  assert.is(affinityOf({ scheduling: { affinity: null, antiAffinity: 'none' } }), undefined);
});

test('two accounts may share one key of the Secret', () => {
  const { status, stdout } = template('helm4', { values: { auth: { secretKeys: { root: 'password', app: 'password' } } } });
  assert.is(status, 0);
  assert.is(stdout.match(/^ {2}"?password"?: /gm)?.length, 1);
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
