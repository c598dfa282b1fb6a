/** What holds of every conversion, whatever is in the file. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { judge } from '../../generator/check/judge.ts';
import { readValues } from '../../generator/check/read-values.ts';
import { conversionJson, summaryLines, tableOf } from '../../generator/commands/render-conversion.ts';
import { findingLines } from '../../generator/commands/render-findings.ts';
import { readChart, valuesOf } from '../../generator/compare/read-chart.ts';
import { convert } from '../../generator/convert/convert.ts';
import type { Conversion } from '../../generator/convert/report.ts';
import { ORIGINS } from '../../generator/origins/origins.ts';
import { keysOf, leadsTo } from '../../generator/origins/paths.ts';
import type { OriginName } from '../../generator/origins/row.ts';
import { assertGolden } from '../support/golden.ts';
import { foreignFile } from '../support/foreign-values.ts';
import { CHART } from '../support/tools.ts';

const test = suite('every conversion');
const FIXTURES = fileURLToPath(new URL('../cli/fixtures/convert/', import.meta.url));
const GOLDEN = fileURLToPath(new URL('golden/', import.meta.url));
const chart = valuesOf(await readChart(CHART));

/** Converts a text that must be converted. */
function converted(text: string, from?: OriginName): Conversion {
  const answer = convert({ file: 'old.yaml', text }, chart, { from });
  if (answer.kind === 'refused') throw new Error(answer.findings.map(({ message }) => message).join('\n'));
  return answer.conversion;
}

function mistakes(text: string): readonly string[] {
  const read = readValues({ file: 'values.yaml', text });
  const findings = read.isGood ? judge(read.entry, chart) : read.findings;
  return findings.map(({ path, message }) => `${path}: ${message}`);
}

for (const origin of ORIGINS.filter(({ shape }) => shape === 'values')) {
  test(`${origin.name}: what is written passes check and has no password, and every value is told of`, () => {
    fc.assert(
      fc.property(foreignFile(origin), ({ text, passwords }) => {
        const answer = convert({ file: 'old.yaml', text }, chart, { from: origin.name });
        // Contents that are no values at all, such as an empty file.
        if (answer.kind === 'refused') return;
        const { text: written, rows } = answer.conversion;
        assert.equal(mistakes(written), [], written);
        const told = JSON.stringify(answer.conversion);
        for (const password of passwords) assert.is(told.includes(password), false, password);
        assert.equal(
          untold(
            text,
            rows.map(({ from }) => from),
          ),
          [],
        );
        assert.is(converted(text, origin.name).text, written);
      }),
      { numRuns: 150 },
    );
  });
}

/** Values of a file that no row of the answer speaks of. */
function untold(text: string, told: readonly string[]): readonly string[] {
  const read = readValues({ file: '', text });
  if (!read.isGood || read.entry.content.kind !== 'map') return [];
  const tops = [...read.entry.content.entries].filter(([, { content }]) => content.kind !== 'map' || content.entries.size > 0);
  return tops.map(([key]) => key).filter((key) => !told.some((from) => leadsTo([key], keysOf(from))));
}

test('a converted file is ours, so it is not converted again', () => {
  const { text } = converted('image: {repository: bitnami/mysql}\nprimary: {persistence: {size: 9Gi}}\n');
  const again = convert({ file: 'values.yaml', text }, chart);
  assert.is(again.kind, 'refused');
});

/** Files that people have, and the key in them or the origin to name. */
const FILES = readdirSync(FIXTURES);

/** Those that nothing can be made of. */
const REFUSED = [
  ...[
    'broken',
    'deployment',
    'duplicate',
    'empty',
    'half-ours',
    'list',
    'nobodys',
    'ours',
    'sops',
    'template',
    'two-origins',
    'two-parts',
    'unclear',
  ],
].map((name) => `${name}.yaml`);

function fixture(file: string): string {
  return readFileSync(join(FIXTURES, file), 'utf8');
}

for (const file of FILES.filter((name) => !REFUSED.includes(name))) {
  test(`${file} becomes values that pass check, without a password`, () => {
    const conversion = converted(fixture(file));
    assert.equal(mistakes(conversion.text), []);
    const told = [
      conversion.text,
      ...summaryLines(file, conversion),
      ...tableOf(conversion.rows),
      JSON.stringify(conversionJson(conversion)),
    ].join('\n');
    const leaked = PASSWORDS.filter((password) => told.includes(password));
    assert.equal(leaked, []);
  });
}

/** All that stand in the files, also in comments and scripts. */
const PASSWORDS = [
  ...['correct-horse-battery', 'staple-staple', 'old-password-of-2021', 'report-me', 'swordfish-77', 'trustno1', 'very-secret-key'],
  ...['AKIAEXAMPLE', 'ghost-root-password', 'ghost-password', 'hunter2'],
];

test('the files have passwords in them', () => {
  const all = FILES.map(fixture).join('\n');
  assert.equal(
    PASSWORDS.filter((password) => !all.includes(password)),
    [],
  );
});

test('files that nothing can be made of are refused in the words that were reviewed', () => {
  const told = REFUSED.flatMap((file) => {
    const answer = convert({ file, text: fixture(file) }, chart);
    assert.is(answer.kind, 'refused', file);
    const findings = answer.kind === 'refused' ? answer.findings : [];
    return [`== ${file}`, ...findings.flatMap((finding) => findingLines(finding)).map(stripVTControlCharacters)];
  });
  assertGolden(join(GOLDEN, 'refused-conversions.txt'), `${told.join('\n')}\n`);
});

test('a key below which a parent chart has nothing is refused', () => {
  assert.is(convert({ file: 'umbrella.yaml', text: fixture('umbrella.yaml') }, chart, { at: 'nothing' }).kind, 'refused');
});

test('values of a parent chart bring what it shares', () => {
  assert.match(converted(fixture('umbrella.yaml')).text, 'storageClassName: fast');
});

test('a StatefulSet of the official image says which database it makes', () => {
  const variables = '[{name: MYSQL_DATABASE, value: wiki}, {name: MYSQL_USER, value: editor}, {name: MYSQL_PASSWORD, value: open-sesame}]';
  const pod = `{containers: [{name: db, image: "mysql:8.0.36", env: ${variables}}]}`;
  const { text } = converted(`apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: wiki}\nspec: {template: {spec: ${pod}}}\n`);
  assert.match(text, '  database: wiki\n  username: editor\n');
  assert.is(text.includes('open-sesame'), false);
});

test('places are those of the file, also inside an object', () => {
  const row = converted(fixture('helm-release.yaml')).rows.find(({ from }) => from === 'primary.persistence.size');
  assert.equal(row?.place, { file: 'old.yaml', line: 9, column: 29 });
});

test.run();
