import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { isObject } from '../../generator/model/json-schema.ts';
import { CONTRACT_FILE } from '../../generator/rules/contract.ts';
import { assertGolden } from '../support/golden.ts';
import { helm } from '../support/helm.ts';
import { mysqlSts, transcript } from '../support/packed.ts';
import { CHART } from '../support/tools.ts';

const test = suite('mysql-sts diff', { folder: '' });

const GOLDEN = fileURLToPath(new URL('golden/diff.txt', import.meta.url));

/** A file of the chart, and what becomes of its text. */
type Edit = readonly [file: string, change: (text: string) => string];

const schema = (change: (root: Record<string, Record<string, unknown>>) => void): Edit => [
  'values.schema.json',
  (text) => {
    const document: unknown = JSON.parse(text);
    assert.ok(isObject(document) && isObject(document['properties']));
    const properties: Record<string, Record<string, unknown>> = {};
    for (const [key, value] of Object.entries(document['properties'])) {
      properties[key] = isObject(value) ? { ...value } : {};
    }
    change(properties);
    return JSON.stringify({ ...document, properties });
  },
];

const replaced = (file: string, from: string | RegExp, to: string): Edit => [
  file,
  (text) => {
    const result = text.replace(from, to);
    assert.is.not(result, text, `${file} has no ${String(from)}`);
    return result;
  },
];

/** Another row of the contract; undefined takes it away. */
const contract = (table: 'rules' | 'engines', name: string, change: (row: object) => object | undefined): Edit => [
  CONTRACT_FILE,
  (text) => {
    const document: unknown = JSON.parse(text);
    assert.ok(isObject(document) && isObject(document[table]));
    const row = document[table][name] ?? {};
    assert.ok(isObject(row));
    return JSON.stringify({ ...document, [table]: { ...document[table], [name]: change(row) } });
  },
];

/** A condition that is true of nothing. */
const NEVER = { kind: 'any', conditions: [] };

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
});
test.after.each(({ folder }) => {
  rmSync(folder, { recursive: true });
});

/** A copy of the chart with edits in it. */
function edited(folder: string, edits: readonly Edit[]): string {
  const copy = join(folder, 'new');
  cpSync(CHART, copy, { recursive: true });
  for (const [file, change] of edits) {
    writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
  }
  return copy;
}

function compare(old: string, now: string): Readonly<Record<string, unknown>> {
  const { stdout, stderr } = mysqlSts(['diff', old, now, '--json']);
  const answer: unknown = JSON.parse(stdout || '{}');
  assert.ok(isObject(answer), stderr);
  return answer;
}

/** Other limits for a value. */
const limited = (key: string, limits: object): Edit =>
  schema((root) => {
    root[key] = { ...root[key], ...limits };
  });

const WITH_FRESH = schema((root) => {
  root['fresh'] = { description: 'New.', type: 'integer' };
});
const ANY_ENGINE = schema((root) => {
  root['engine'] = { description: 'Any.', type: 'string' };
});
/** The schema of replicaCount, as one kind of several. */
const REPLICAS = { type: 'integer', minimum: 1, maximum: 99 } as const;

const WITHOUT_DOMAIN = schema((root) => {
  delete root['clusterDomain'];
});

/** What is changed in the new chart, the level that follows, and the version that is proposed after 1.2.3. */
const CASES: readonly (readonly [name: string, edit: Edit, level: string | undefined, version: string])[] = [
  ['nothing', ['values.yaml', (text) => text], undefined, '1.2.3'],
  ['a comment of values.yaml', replaced('values.yaml', '# Pods in all', '# All pods'), undefined, '1.2.3'],
  ['a default', replaced('values.yaml', 'clusterDomain: cluster.local', 'clusterDomain: cluster.example'), 'patch', '1.2.4'],
  ['a default that a rule reads', replaced('values.yaml', 'replicaCount: 3', 'replicaCount: 5'), 'major', '2.0.0'],
  ['a way to clone less', contract('engines', 'mysql-8.4', (row) => ({ ...row, methods: ['xtrabackup'] })), 'major', '2.0.0'],
  ['a way to clone more', contract('engines', 'mysql-5.7', (row) => ({ ...row, methods: ['xtrabackup', 'plugin'] })), 'minor', '1.3.0'],
  [
    'another series of an image',
    contract('engines', 'mysql-5.7', (row) => ({ ...row, clone: { xtrabackup: { series: '2.5' } } })),
    'major',
    '2.0.0',
  ],
  ['a step between engines more', contract('engines', 'mysql-5.7', (row) => ({ ...row, upgradesFrom: ['mysql-5.6'] })), 'minor', '1.3.0'],
  ['a newer patch of a server', replaced('templates/_engines.tpl', 'tag: 5.7.44', 'tag: 5.7.45'), 'patch', '1.2.4'],
  ['a template', replaced('templates/statefulset.yaml', 'spec:', 'spec: # here'), 'patch', '1.2.4'],
  ['a new value', WITH_FRESH, 'minor', '1.3.0'],
  ['a value that is gone', WITHOUT_DOMAIN, 'major', '2.0.0'],
  ['a lower maximum', limited('replicaCount', { maximum: 9 }), 'major', '2.0.0'],
  ['a higher maximum', limited('replicaCount', { maximum: 999 }), 'minor', '1.3.0'],
  ['a word less', limited('engine', { enum: ['mysql-9.7'] }), 'major', '2.0.0'],
  ['any word', ANY_ENGINE, 'minor', '1.3.0'],
  ['another type', limited('replicaCount', { type: 'string' }), 'major', '2.0.0'],
  ['a wider type', limited('replicaCount', { type: 'number' }), 'minor', '1.3.0'],
  ['a new pattern', limited('nameOverride', { pattern: '^a$' }), 'major', '2.0.0'],
  ['one kind more', limited('replicaCount', { type: undefined, anyOf: [REPLICAS, { type: 'string' }] }), 'minor', '1.3.0'],
  [
    'a choice of other kinds',
    limited('replicaCount', { type: undefined, anyOf: [{ type: 'string' }, { type: 'boolean' }] }),
    'major',
    '2.0.0',
  ],
  ['a new rule', contract('rules', 'fresh', () => ({ reads: [], brokenWhen: NEVER })), 'major', '2.0.0'],
  ['a rule that is gone', contract('rules', 'static-count', () => undefined), 'minor', '1.3.0'],
  ['another rule', contract('rules', 'static-count', (row) => ({ ...row, brokenWhen: NEVER })), 'major', '2.0.0'],
  ['a rule in other words', replaced('templates/_validate.tpl', 'are too few for', 'are not enough for'), undefined, '1.2.3'],
  ['fewer Kubernetes', replaced('Chart.yaml', '>=1.27.0-0', '>=1.30.0-0'), 'major', '2.0.0'],
  ['more Kubernetes', replaced('Chart.yaml', '>=1.27.0-0', '>=1.25.0-0'), 'minor', '1.3.0'],
  ['another series of servers', replaced('Chart.yaml', /appVersion: .*/, 'appVersion: "10.0.0"'), 'minor', '1.3.0'],
];

for (const [name, edit, level, version] of CASES) {
  test(`${name} is ${level ?? 'no change'}`, ({ folder }) => {
    const old = join(folder, 'old');
    cpSync(CHART, old, { recursive: true });
    writeFileSync(join(old, 'Chart.yaml'), readFileSync(join(old, 'Chart.yaml'), 'utf8').replace(/^version: .*/m, 'version: 1.2.3'));
    const answer = compare(old, edited(folder, [edit]));
    assert.is(answer['level'], level, JSON.stringify(answer['changes']));
    assert.is(answer['version'], version);
  });
}

/** A copy of the chart as it was before there was a contract. */
function withoutContract(folder: string): string {
  const old = join(folder, 'before');
  cpSync(CHART, old, { recursive: true });
  rmSync(join(old, CONTRACT_FILE));
  return old;
}

test('a chart from before the contract can be compared, and equal rules and engines are seen to be equal', ({ folder }) => {
  assert.equal(compare(withoutContract(folder), CHART)['changes'], []);
});

test('rules and engines of a chart from before the contract count as narrower when they differ', ({ folder }) => {
  const now = edited(folder, [
    replaced('templates/_validate.tpl', '(int .Values.replicaCount)', '(int 7)'),
    replaced('templates/_engines.tpl', 'series: "2.4"', 'series: "2.5"'),
  ]);
  const { changes, level } = compare(withoutContract(folder), now);
  assert.is(level, 'major');
  assert.ok(Array.isArray(changes));
  const sentences = changes.map((change) => (isObject(change) ? `${String(change['subject'])} ${String(change['sentence'])}` : ''));
  const without = `differ, but without ${CONTRACT_FILE} in ${join(folder, 'before')} nothing says in what; they may refuse values that were accepted`;
  assert.equal(sentences.slice(0, 2), [`rules between values ${without}`, `engines ${without}`]);
});

test('a contract that is none is refused', ({ folder }) => {
  const now = edited(folder, [[CONTRACT_FILE, () => '{"rules": [], "engines": {}}']]);
  const { status, stderr } = mysqlSts(['diff', CHART, now]);
  assert.is(status, 2);
  assert.match(stderr, `${now}/${CONTRACT_FILE} is not what mysql-sts writes: rules is no map`);
});

test('before 1.0.0 what breaks raises the middle number', ({ folder }) => {
  const now = edited(folder, [WITHOUT_DOMAIN]);
  assert.is(compare(CHART, now)['version'], '0.2.0');
});

test('a packed chart is the same as its folder', ({ folder }) => {
  const { status, stderr } = helm('helm4', ['package', CHART, '--destination', folder]);
  assert.is(status, 0, stderr);
  assert.equal(compare(join(folder, 'mysql-sts-0.1.0.tgz'), CHART)['changes'], []);
});

test('what a person reads is as reviewed, and its lines are YAML for Chart.yaml', ({ folder }) => {
  const now = edited(folder, [
    WITHOUT_DOMAIN,
    WITH_FRESH,
    replaced('values.yaml', 'replicaCount: 3', 'replicaCount: 5'),
    replaced('templates/statefulset.yaml', 'spec:', 'spec: # here'),
  ]);
  const answer = mysqlSts(['diff', CHART, now]);
  assertGolden(GOLDEN, transcript(['diff', 'old', 'new'], answer));
  const lines: unknown = parse(answer.stdout.slice(answer.stdout.indexOf('# Chart.yaml')));
  assert.ok(isObject(lines) && isObject(lines['annotations']));
  const changes: unknown = parse(String(lines['annotations']['artifacthub.io/changes']));
  assert.ok(Array.isArray(changes));
  assert.equal([...new Set(changes.flatMap((change) => (isObject(change) ? [change['kind']] : [])))].sort(), [
    'added',
    'changed',
    'removed',
  ]);
});

test('--check fails on a version that is too low', ({ folder }) => {
  assert.is(mysqlSts(['diff', CHART, edited(folder, [WITHOUT_DOMAIN]), '--check']).status, 1);
  const raised = replaced('Chart.yaml', /^version: .*/m, 'version: 0.2.0');
  rmSync(join(folder, 'new'), { recursive: true });
  assert.is(mysqlSts(['diff', CHART, edited(folder, [WITHOUT_DOMAIN, raised]), '--check']).status, 0);
});

test.run();
