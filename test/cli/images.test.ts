import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import { isObject } from '../../generator/model/json-schema.ts';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { assertGolden } from '../support/golden.ts';
import { template } from '../support/helm.ts';
import { merge } from '../support/merge.ts';
import { mysqlSts, transcript, type Answer } from '../support/packed.ts';

const test = suite('mysql-sts images');

const GOLDEN = fileURLToPath(new URL('golden/images.txt', import.meta.url));
const DIGEST = `sha256:${'5'.repeat(64)}`;

const images = (args: readonly string[], values: PlainValues): Answer =>
  mysqlSts(['images', '-f', '-', ...args], { input: stringify(values) });

/** The images in what Helm renders. */
function rendered(values: PlainValues): readonly string[] {
  const { status, stdout, stderr } = template('helm4', { values });
  assert.is(status, 0, stderr);
  return [...new Set([...stdout.matchAll(/^ +image: (\S+)$/gm)].map(([, image = '']) => image))].sort();
}

const listed = (values: PlainValues): readonly string[] => images([], values).stdout.trim().split('\n').sort();

const CASES: readonly PlainValues[] = [
  {},
  { engine: 'mysql-8.4', clone: { method: 'xtrabackup' } },
  { engine: 'mariadb-11.8', images: { server: { registry: 'one.example.com' }, clone: { registry: 'two.example.com' } } },
  { images: { server: { repository: 'shop/mysql', tag: '9.7.3', digest: DIGEST } } },
  { clone: { method: 'xtrabackup' }, images: { server: { registry: 'one.example.com' }, clone: { tag: '9.7.2' } } },
  {
    metrics: { enabled: true, peers: [{}] },
    images: { mysqldExporter: { registry: 'one.example.com' }, nodeExporter: { digest: DIGEST } },
  },
  { global: { imageRegistry: 'mirror.example.com:5000/hub' }, images: { clone: { digest: DIGEST } } },
];

for (const values of CASES) {
  test(`${JSON.stringify(values)} pulls what Helm renders`, () => {
    assert.equal(listed(values), rendered(values));
  });

  test(`${JSON.stringify(values)} pulls only copies with the values that are proposed`, () => {
    const answer: unknown = JSON.parse(images(['--copy', 'crane', '--to', 'harbor.example.com/mysql', '--json'], values).stdout);
    assert.ok(isObject(answer) && isObject(answer['values']) && Array.isArray(answer['copies']));
    const copies = answer['copies'].map((copy) => (isObject(copy) ? String(copy['to']) : '')).sort();
    const pulled = rendered(merge(values, answer['values'])).map((image) => image.replace(/@.*/, ''));
    assert.equal([...new Set(copies)], [...new Set(pulled)]);
  });
}

test('the commands of each tool are as reviewed', () => {
  const values = { clone: { method: 'xtrabackup' }, images: { server: { registry: 'quay.example.com', digest: DIGEST } } };
  const seen = ['crane', 'skopeo', 'docker'].map((tool) => {
    const args = ['--copy', tool, '--to', 'harbor.example.com/mysql/'];
    return transcript(['images', '-f', 'values.yaml', ...args], images(args, values));
  });
  assertGolden(GOLDEN, seen.join('\n'));
});

test('what is printed can be run as it is, and its comment is YAML', () => {
  const { stdout } = images(['--copy', 'skopeo', '--to', 'harbor.example.com'], {});
  const [commands = '', comment = ''] = stdout.split('\n\n');
  for (const line of commands.split('\n')) assert.match(line, /^skopeo copy --all docker:\/\/\S+ docker:\/\/\S+$/);
  const yaml = comment
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/^# /, ''));
  assert.equal(parse(yaml.join('\n')), { global: { imageRegistry: 'harbor.example.com' } });
});

test('values with mistakes give findings instead of images', () => {
  const { status, stdout } = images([], { engine: 'mysql' });
  assert.is(status, 1);
  assert.match(stdout, '[NOT_ALLOWED]');
});

test.run();
