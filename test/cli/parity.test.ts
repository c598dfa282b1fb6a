import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chartValues } from '../../generator/check/chart-values.ts';
import { entryOf } from '../../generator/check/entry.ts';
import type { Finding } from '../../generator/check/finding.ts';
import { judge } from '../../generator/check/judge.ts';
import { readValues } from '../../generator/check/read-values.ts';
import { readChart, valuesOf } from '../../generator/compare/read-chart.ts';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { HELMS, helm } from '../support/helm.ts';
import { REFUSED } from '../support/refused-values.ts';
import { RULE_CASES } from '../support/rule-cases.ts';
import { CHART } from '../support/tools.ts';

const test = suite('check beside Helm', { file: '', folder: '' });
const chart = valuesOf(await readChart(CHART));

test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  context.file = join(context.folder, 'values.yaml');
});
test.after(({ folder }) => {
  rmSync(folder, { recursive: true });
});

function findings(text: string): readonly Finding[] {
  const read = readValues({ file: 'values.yaml', text });
  return read.isGood ? judge(read.entry, chart) : read.findings;
}

/** Texts that parsers of YAML read in different ways, and whether they are good values. */
const TEXTS: readonly (readonly [text: string, isGood: boolean])[] = [
  ['', true],
  ['# a comment\n', true],
  ['~\n', true],
  ['replicaCount: 2\n---\n', true],
  ['rbac: {create: on}\n', true],
  ['rbac: {create: y}\n', true],
  ['rbac: {create: "yes"}\n', false],
  ['auth: {database: yes}\n', false],
  ['auth: {database: 2001-01-01}\n', true],
  ['auth: {database: !custom shop}\n', true],
  ['auth: {database: !!binary c2hvcA==}\n', true],
  ['auth: {database: "a\\0b"}\n', false],
  ['replicaCount: 3.0\n', true],
  ['replicaCount: 3.5\n', false],
  ['replicaCount: 1_0\n', true],
  ['replicaCount: 1e1\n', true],
  ['replicaCount: 0x2\n', true],
  ['replicaCount: .inf\n', false],
  ['replicaCount: 99999999999999999999\n', false],
  ['update: {partition: 0o2}\n', true],
  ['update: {partition: 010}\n', false],
  ['clone: {deadline: 10:30}\n', false],
  ['images:\n  server: &i {registry: a.example.com}\n  clone: {<<: *i, tag: 9.7.2}\n', true],
  ['pod: {labels: {1: x}}\n', true],
  ['pod: {labels: {a: 1}}\n', false],
  ['pod: {annotations: {a: null}}\n', false],
  ['services: {primary: {nodePort: null}}\n', true],
  ['storage: {size: null}\n', false],
  ['scheduling: {tolerations: null}\n', true],
  ['auth: {database: {{ .Values.name }}}\n', false],
  ['auth:\n\tdatabase: shop\n', false],
  ['__proto__: {a: 1}\n', false],
  ['constructor: 1\n', false],
  ['storage: {toString: 1}\n', false],
  ['config: {common: "a\u0001b"}\n', false],
  ['config: {common: "a\u007Fb"}\n', false],
  ['config: {common: "a\uFFFEb"}\n', false],
  ['config: {common: "a\uFEFFb"}\n', true],
  ['config: {common: "a\u0085\u00A0\u{1F600}b"}\n', true],
  ['config: {common: "  a\\n b"}\n', true],
  ['initdb: {scripts: {a.sql: "\\ta\\n\\n b"}}\n', true],
  ['\uFEFFreplicaCount: 2\n', true],
  ['replicaCount: 2\r\nconfig:\r\n  common: |\r\n    [mysqld]\r\n', true],
  ['- a\n', false],
  ['mysql\n', false],
  ['a: &a [*a]\n', false],
];

for (const [text, isGood] of TEXTS) {
  test(`${JSON.stringify(text)} is ${isGood ? 'good' : 'refused'} here and with every Helm`, ({ file }) => {
    assert.is(findings(text).length === 0, isGood, JSON.stringify(findings(text)));
    writeFileSync(file, text);
    for (const version of HELMS) {
      const { status, stderr } = helm(version, ['template', 'demo', CHART, '--values', file]);
      assert.is(status === 0, isGood, `${version}: ${stderr}`);
    }
  });
}

const judged = (values: PlainValues): readonly Finding[] => judge(entryOf(values), chart);

test('all that Helm refuses in other tests is refused, with a path and a sentence', () => {
  for (const values of REFUSED) {
    const [first] = judged(values);
    assert.ok(first !== undefined && first.path !== '' && first.message.endsWith('.'), JSON.stringify(values));
  }
});

test('every rule is found, and nothing else beside it', () => {
  for (const [id, { refused, accepted, message }] of Object.entries(RULE_CASES)) {
    const seen = judged(refused).map(({ path, together = [], message: sentence, cure = '' }) => {
      assert.is(path, together[0]);
      return `${together.join(', ')}: ${sentence} ${cure}`;
    });
    assert.equal(seen, [message], id);
    assert.equal(judged(accepted), [], id);
  }
});

test('a pattern is judged as RE2 does it', () => {
  const anyLetters = { type: 'object', properties: { engine: { type: 'string', pattern: '(?i)^MYSQL-\\pN[.]\\pN$' } } } as const;
  const measures = { ...chartValues(anyLetters, {}), rules: [] };
  assert.equal(judge(entryOf({ engine: 'mysql-9.7' }), measures), []);
  assert.is(judge(entryOf({ engine: 'mariadb-11.8' }), measures)[0]?.code, 'WRONG_FORM');
});

test.run();
