import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { isObject } from '../../generator/model/json-schema.ts';
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
  ['a way to clone less', replaced('templates/_engines.tpl', / {4}- plugin\n/, ''), 'major', '2.0.0'],
  ['a way to clone more', replaced('templates/_engines.tpl', /xtrabackup\n {2}clone:\n/, 'xtrabackup\n    - plugin\n  clone:\n    plugin:\n      series: "5.7"\n'), 'minor', '1.3.0'],
  ['another series of an image', replaced('templates/_engines.tpl', 'series: "2.4"', 'series: "2.5"'), 'major', '2.0.0'],
  ['a step between engines more', replaced('templates/_engines.tpl', 'upgradesFrom: []', 'upgradesFrom: [mysql-8.0]'), 'minor', '1.3.0'],
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
  ['a choice of other kinds', limited('replicaCount', { type: undefined, anyOf: [{ type: 'string' }, { type: 'boolean' }] }), 'major', '2.0.0'],
  ['a new rule', replaced('templates/_validate.tpl', /$/, '\n{{- /* fresh */}}\n{{- if true }}\n'), 'major', '2.0.0'],
  ['a rule that is gone', replaced('templates/_validate.tpl', '/* static-count */', '/* */'), 'minor', '1.3.0'],
  ['another rule', replaced('templates/_validate.tpl', '(int .Values.replicaCount)', '(int 7)'), 'major', '2.0.0'],
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
  assert.equal([...new Set(changes.flatMap((change) => (isObject(change) ? [change['kind']] : [])))].sort(), ['added', 'changed', 'removed']);
});

test('--check fails on a version that is too low', ({ folder }) => {
  assert.is(mysqlSts(['diff', CHART, edited(folder, [WITHOUT_DOMAIN]), '--check']).status, 1);
  const raised = replaced('Chart.yaml', /^version: .*/m, 'version: 0.2.0');
  rmSync(join(folder, 'new'), { recursive: true });
  assert.is(mysqlSts(['diff', CHART, edited(folder, [WITHOUT_DOMAIN, raised]), '--check']).status, 0);
});

test.run();
