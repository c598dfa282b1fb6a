import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RE2JS } from 're2js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isObject } from '../../generator/model/json-schema.ts';
import { valueAt } from '../../generator/model/model.ts';
import { RULES } from '../../schema/rules.ts';
import { CHART } from '../support/tools.ts';

const test = suite('patterns and references');

const SCHEMAS = ['values.schema.json', 'values.override.schema.json'] as const;

/** Texts that some pattern takes and others refuse, with what breaks careless ones. */
const SAMPLES: readonly string[] = [
  ...['', ' ', 'a', 'A', '0', '-', '.', '_', '/', '%', '\n', 'a\n', '\na', 'ä', '😀', 'a b', 'a'.repeat(64)],
  ...['mysql', '-mysql', 'mysql-', 'a.b', 'a..b', 'a_b', 'cluster.local', 'nas:2049', '/data', '/da:ta', 'data/'],
  ...['10Gi', '1.5Ti', '0Gi', '10 Gi', '30s', '7d', '0s', '7w', '50%', '150%', '250m', '512Mi', 'mysql-datadir-%d', '%d%d'],
  ...['harbor.example.com:5000/library', 'library/mysql', '9.7.2', 'v9.7.2', 'latest', `sha256:${'0'.repeat(64)}`, 'sha256:0'],
  ...['01-schema.sql', 'data.sql.gz', 'notes.txt', 'aGVsbG8=', 'app.kubernetes.io/name', 'hard', 'nfsvers=4.1', 'a=b,c'],
  ...['service.k8s.aws/nlb', '10.0.0.0/16', '10.0.0.1', '2001:db8::/32', 'OnRootMismatch', 'extra'],
  ...['17 3 * * *', '@daily', 'https://s3.example.com', 's3.example.com/', '20M', 'AES256', '20261128T031700Z-0a1b2c', '0'.repeat(32)],
  ...['root', 'monitor', 'mysql_sts', 'secret', 'static', 'mysql-9.7', 'mysql-9x7', 'plugin'],
];

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(CHART, file), 'utf8'));
}

/** What stands under a keyword, anywhere in a document. */
function collect(content: unknown, keyword: string): readonly unknown[] {
  if (Array.isArray(content)) return content.flatMap((member: unknown) => collect(member, keyword));
  if (!isObject(content)) return [];
  const own = Object.hasOwn(content, keyword) ? [content[keyword]] : [];
  return [...own, ...Object.values(content).flatMap((member) => collect(member, keyword))];
}

function patternsIn(content: unknown): readonly string[] {
  const keys = collect(content, 'patternProperties')
    .filter(isObject)
    .flatMap((map) => Object.keys(map));
  const patterns = [...collect(content, 'pattern'), ...keys].filter((pattern) => typeof pattern === 'string');
  return [...new Set(patterns)];
}

test("every pattern means the same to Helm's engine and to an editor's", () => {
  const patterns = new Set([...SCHEMAS.map(read), RULES].flatMap(patternsIn));
  assert.ok(patterns.size > 20);
  for (const pattern of patterns) {
    const [re2, unicode, plain] = [RE2JS.compile(pattern), new RegExp(pattern, 'u'), new RegExp(pattern)];
    for (const sample of SAMPLES) {
      const verdicts = [re2.test(sample), unicode.test(sample), plain.test(sample)];
      assert.is(new Set(verdicts).size, 1, `${pattern} and ${JSON.stringify(sample)}: ${verdicts.join(', ')}`);
    }
  }
});

test('every pattern of a value tells samples apart', () => {
  for (const pattern of patternsIn(read('values.schema.json'))) {
    const taken = SAMPLES.filter((sample) => new RegExp(pattern).test(sample));
    assert.ok(taken.length > 0 && taken.length < SAMPLES.length, pattern);
  }
});

for (const file of SCHEMAS) {
  test(`${file} refers to nothing but itself`, () => {
    const document = read(file);
    const references = collect(document, '$ref');
    assert.ok(references.length > 10);
    for (const reference of references) {
      assert.type(reference, 'string');
      assert.match(String(reference), /^#\/definitions\/[\w.]+$/);
      const definitions = valueAt(document, 'definitions');
      assert.ok(isObject(definitions) && Object.hasOwn(definitions, String(reference).slice('#/definitions/'.length)));
    }
  });
}

test.run();
