import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isObject } from '../../generator/json-schema.ts';
import { assertGolden } from '../support/golden.ts';
import { mysqlSts, transcript } from '../support/packed.ts';

const test = suite('mysql-sts explain');

const GOLDEN = fileURLToPath(new URL('golden/explain.txt', import.meta.url));

/** A section, a choice, a pattern, a list of Kubernetes' objects, a map's value, a value without default. */
const PATHS = [
  'storage',
  'clone.method',
  'storage.size',
  'scheduling.tolerations',
  'resources.server.requests.cpu',
  'services.primary.nodePort',
  'pod.labels.team',
];

test('what a person reads is as reviewed', () => {
  const calls = PATHS.map((path) => ['explain', path]);
  assertGolden(GOLDEN, calls.map((call) => transcript(call, mysqlSts(call))).join('\n'));
});

test('without a path, all groups are listed', () => {
  const { status, stdout } = mysqlSts(['explain']);
  assert.is(status, 0);
  for (const group of ['engine', 'storage.', 'tls.', 'scheduling.']) assert.match(stdout, `\n  ${group} `);
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
