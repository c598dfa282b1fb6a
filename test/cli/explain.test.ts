import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isObject } from '../../generator/model/json-schema.ts';
import { assertGolden } from '../support/golden.ts';
import { mysqlSts, transcript } from '../support/packed.ts';
import { CHART } from '../support/tools.ts';

const test = suite('mysql-sts explain');

const GOLDEN = fileURLToPath(new URL('golden/explain.txt', import.meta.url));

/** A section, choices, a pattern, a list of Kubernetes' objects and what is deep in one, a map's value, a value without default. */
const PATHS = [
  'storage',
  'engine',
  'clone.method',
  'storage.size',
  'scheduling.tolerations',
  'scheduling.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution.weight',
  'resources.server.requests.cpu',
  'services.primary.nodePort',
  'pod.labels.team',
];

test('what a person reads is as reviewed', () => {
  const calls = PATHS.map((path) => ['explain', path]);
  assertGolden(GOLDEN, calls.map((call) => transcript(call, mysqlSts(call))).join('\n'));
});

test('without a path, all values and groups are listed, a group on one line', () => {
  const { status, stdout } = mysqlSts(['explain']);
  assert.is(status, 0);
  for (const name of ['engine', 'storage.', 'tls.', 'scheduling.']) assert.match(stdout, `\n  ${name} `);
  const [, groups = ''] = stdout.split(/^ {2}group +meaning\n/m);
  const [rows = '', more] = groups.split('\n\n');
  assert.ok(rows.split('\n').length > 20);
  for (const row of rows.split('\n')) assert.match(row, /^ {2}[a-zA-Z]+\. +[A-Z].*\.$/);
  assert.is(more, 'More: mysql-sts explain storage\n');
});

test("the help of a command names the chart that it reads in words, not by this machine's path", () => {
  for (const command of ['check', 'explain', 'images']) {
    const { stdout } = mysqlSts([command, '--help']);
    assert.match(stdout.replaceAll(/\s+/g, ' '), '(default: the chart that came with this program)', command);
    assert.not.match(stdout, 'default: "');
  }
});

test('every word that a value may be has a meaning, in the order of the model', () => {
  const answer: unknown = JSON.parse(mysqlSts(['explain', 'storage.kind', '--json']).stdout);
  assert.ok(isObject(answer) && Array.isArray(answer['allowed']));
  const allowed: readonly unknown[] = answer['allowed'];
  assert.equal(
    allowed.map((choice) => isObject(choice) && choice['word']),
    ['dynamic', 'static', 'ephemeral'],
  );
  assert.ok(allowed.every((choice) => isObject(choice) && choice['meaning'] !== ''));
});

test('a chart without the schema for people is explained by the one that Helm reads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  try {
    cpSync(CHART, folder, { recursive: true });
    rmSync(join(folder, 'values.override.schema.json'));
    const { status, stdout } = mysqlSts(['explain', 'clone.method', '--chart', folder]);
    assert.is(status, 0);
    assert.match(stdout, /allowed +auto, mariadb-backup, plugin, xtrabackup\n/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('--json names type, default, limits and children', () => {
  const answer: unknown = JSON.parse(mysqlSts(['explain', 'storage.static', '--json']).stdout);
  assert.ok(isObject(answer) && Array.isArray(answer['children']));
  const count: unknown = answer['children'].find((child) => isObject(child) && child['path'] === 'storage.static.count');
  assert.ok(isObject(count));
  assert.is(count['type'], 'integer');
  assert.is(count['default'], 5);
  assert.is(count['constraint'], '1 to 99');
});

test.run();
