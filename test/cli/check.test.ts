import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isObject } from '../../generator/model/json-schema.ts';
import { assertGolden } from '../support/golden.ts';
import { mysqlSts, transcript, type Answer } from '../support/packed.ts';

const test = suite('mysql-sts check');

const FIXTURES = fileURLToPath(new URL('fixtures/values/', import.meta.url));
const GOLDEN = fileURLToPath(new URL('golden/check/', import.meta.url));

/** What begins a colour. */
const ESCAPE = '\u001b[';

const check = (args: readonly string[], options: { input?: string; env?: NodeJS.ProcessEnv } = {}): Answer =>
  mysqlSts(['check', ...args], { cwd: FIXTURES, ...options });

/** Files, and whether they are good. What a person sees of each is in its golden file. */
const CASES: readonly (readonly [files: readonly string[], isGood: boolean])[] = [
  [['unknown-keys.yaml'], false],
  [['wrong-values.yaml'], false],
  [['broken-rules.yaml'], false],
  [['deleted.yaml'], false],
  [['base.yaml'], true],
  [['base.yaml', 'more.yaml'], false],
  [['not-yaml.yaml'], false],
  [['tab.yaml'], false],
  [['template.yaml'], false],
  [['several-documents.yaml'], false],
  [['duplicate-keys.yaml'], false],
  [['anchors.yaml'], true],
  [['unknown-anchor.yaml'], false],
  [['endless-alias.yaml'], false],
  [['list.yaml'], false],
  [['word.yaml'], false],
  [['empty.yaml'], true],
  [['comment.yaml'], true],
];

for (const [files, isGood] of CASES) {
  test(`${files.join(' and ')} ${isGood ? 'has no mistakes' : 'is refused'}, in the words that were reviewed`, () => {
    const answer = check(files);
    assert.is(answer.status, isGood ? 0 : 1, answer.stderr);
    const name = files.map((file) => file.replace('.yaml', '')).join('-and-');
    assertGolden(join(GOLDEN, `${name}.txt`), transcript(['check', ...files], answer));
  });
}

/** The findings that `--json` prints. */
function findings(args: readonly string[]): readonly unknown[] {
  const answer: unknown = JSON.parse(check([...args, '--json']).stdout);
  const list = isObject(answer) ? answer['findings'] : undefined;
  assert.ok(Array.isArray(list));
  return list;
}

test('--json tells the same with a stable code', () => {
  const [first] = findings(['unknown-keys.yaml']);
  assert.equal(first, {
    code: 'UNKNOWN_KEY',
    path: 'replicas',
    file: 'unknown-keys.yaml',
    line: 1,
    column: 1,
    endColumn: 9,
    message: 'The chart has no value replicas.',
    suggestion: 'replicaCount',
  });
});

test('--json of good values has no findings', () => {
  assert.equal(findings(['base.yaml']), []);
});

test('a broken rule is shown in the file that broke it', () => {
  const rule = findings(['base.yaml', 'more.yaml']).find((finding) => isObject(finding) && finding['code'] === 'BROKEN_RULE');
  assert.ok(isObject(rule));
  assert.is(rule['file'], 'more.yaml');
  assert.is(rule['line'], 3);
  assert.is(rule['path'], 'storage.static.count');
  assert.equal(rule['together'], ['storage.static.count', 'replicaCount']);
});

test('a later file mends an earlier one, as with Helm', () => {
  assert.is(check(['more.yaml', 'base.yaml']).stdout.includes('too few'), false);
});

test('the standard input is a file called -', () => {
  const { status, stdout } = check(['-'], { input: 'replicas: 5\n' });
  assert.is(status, 1);
  assert.match(stdout, /^<stdin>:1:1: replicas: /);
});

test('a control character in a file does not reach the terminal', () => {
  const { stdout } = check(['-'], { input: 'replicas: "\u001b[2J"\n' });
  assert.not.match(stdout, ESCAPE);
});

test('colours come and go as NO_COLOR and FORCE_COLOR say', () => {
  assert.match(check(['unknown-keys.yaml'], { env: { FORCE_COLOR: '1' } }).stdout, ESCAPE);
  assert.not.match(check(['unknown-keys.yaml'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).stdout, ESCAPE);
  assert.not.match(check(['unknown-keys.yaml'], { env: {} }).stdout, ESCAPE);
});

test('the golden files show every code that findings have', () => {
  const source = readFileSync(fileURLToPath(new URL('../../generator/check/finding.ts', import.meta.url)), 'utf8');
  const codes = [...source.matchAll(/^ {2}\| '([A-Z_]+)'/gm)].map(([, code]) => code);
  const folders = [
    GOLDEN,
    join(GOLDEN, '..', 'bad-input'),
    join(GOLDEN, '..', 'convert'),
    join(GOLDEN, '..', '..', '..', 'unit', 'golden'),
  ];
  const files = folders.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
  const texts = files.filter((file) => file.endsWith('.txt')).map((file) => readFileSync(file, 'utf8'));
  assert.equal(
    codes.filter((code) => !texts.some((text) => text.includes(`[${String(code)}]\n`))),
    [],
  );
});

test.run();
