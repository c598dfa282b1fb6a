import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isObject } from '../../generator/model/json-schema.ts';
import { assertGolden } from '../support/golden.ts';
import { mysqlSts, transcript, type Answer } from '../support/packed.ts';

const test = suite('mysql-sts convert');

const FIXTURES = fileURLToPath(new URL('fixtures/convert/', import.meta.url));
const GOLDEN = fileURLToPath(new URL('golden/convert/', import.meta.url));
const OK = 0;
const LOSES = 1;

const run = (args: readonly string[], input = ''): Answer => mysqlSts(args, { cwd: FIXTURES, input });

/** Calls whose answers were reviewed, and their statuses. */
const CALLS: readonly (readonly [args: string, status: number])[] = [
  ['bitnami-mysql-replication.yaml', LOSES],
  ['bitnami-mysql-replication.yaml --explain', LOSES],
  ['bitnami-mysql-small.yaml', OK],
  ['bitnami-mariadb.yaml', OK],
  ['helmforge-replication.yaml', LOSES],
  ['cloudpirates-mariadb.yaml', LOSES],
  ['bitpoke.yaml', LOSES],
  ['tutorial-nfs.yaml', OK],
  ['application.yaml', OK],
  ['umbrella.yaml', OK],
  ['refused-values.yaml', LOSES],
  ['unclear.yaml', LOSES],
  ['sops.yaml', LOSES],
];

for (const [call, status] of CALLS) {
  test(`${call} is answered in the words that were reviewed`, () => {
    const answer = run(['convert', ...call.split(' ')]);
    assert.is(answer.status, status, answer.stderr);
    assertGolden(join(GOLDEN, `${call.replaceAll(/[^a-z0-9]+/g, '-')}.txt`), transcript(['convert', call], answer));
  });
}

test('--json has the values and every key with its place', () => {
  const answer: unknown = JSON.parse(run(['convert', 'bitpoke.yaml', '--json']).stdout);
  assert.ok(isObject(answer) && Array.isArray(answer['rows']));
  assert.is(answer['origin'], 'bitpoke');
  assert.is(String(answer['values']).includes('replicaCount: 3'), true);
  const row: unknown = answer['rows'].find((item: unknown) => isObject(item) && item['from'] === 'MysqlCluster.spec.replicas');
  assert.equal(row, { from: 'MysqlCluster.spec.replicas', verdict: 'moved', to: ['replicaCount'], sentence: '', line: 7, column: 3 });
});

test('--json of a file that is refused has the findings that check would have', () => {
  const answer: unknown = JSON.parse(run(['convert', 'unclear.yaml', '--json']).stdout);
  assert.ok(isObject(answer) && Array.isArray(answer['findings']));
  const first: unknown = answer['findings'].at(0);
  assert.ok(isObject(first));
  assert.is(first['code'], 'OTHER_CHART');
});

test('--from with --explain prints the whole table of an origin', () => {
  const { status, stdout } = run(['convert', '--from', 'helmforge-mysql', '--explain']);
  assert.is(status, OK);
  assert.match(stdout, /replication\.binlog\.retentionDays +config\.binlogRetention/);
});

test('a call without a file is answered', () => {
  const { status, stderr } = run(['convert']);
  assert.is(status, 2);
  assert.match(stderr, 'Name a file');
});

test('check says in one finding that a file is of another chart', () => {
  const { status, stdout } = run(['check', 'bitnami-mysql-replication.yaml']);
  assert.is(status, LOSES);
  assert.is(stdout.match(/\[[A-Z_]+\]$/gm)?.length, 1, stdout);
  assert.match(stdout, "These are values of Bitnami's chart mysql");
});

test.run();
