/**
 * A converted file does what the old one did. What the old chart makes of a file is in golden/convert; with MYSQL_STS_ORIGINS, a folder
 * with the charts (CONTRIBUTING.md), that is compared with the charts themselves, too.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import { readChart, valuesOf } from '../../generator/compare/read-chart.ts';
import { convert } from '../../generator/convert/convert.ts';
import { isObject } from '../../generator/model/json-schema.ts';
import { assertGolden } from '../support/golden.ts';
import { manifests, type Render } from '../support/helm.ts';
import { releaseFacts, type Facts } from '../support/release-facts.ts';
import { CHART } from '../support/tools.ts';

const test = suite('converted values beside the old chart');

const FIXTURES = fileURLToPath(new URL('../cli/fixtures/convert/', import.meta.url));
const GOLDEN = fileURLToPath(new URL('golden/convert/', import.meta.url));
const ORIGINS = process.env['MYSQL_STS_ORIGINS'];

const chart = valuesOf(await readChart(CHART));

/** Files, the charts that they are for, and facts that differ on purpose, with the reason. */
const CASES: readonly (readonly [file: string, origin: string, differing: Readonly<Record<string, string>>])[] = [
  ['bitnami-mysql-replication', 'bitnami-mysql', { secret: 'passwords in the file belong into a Secret' }],
  ['bitnami-mysql-small', 'bitnami-mysql', {}],
  ['bitnami-mariadb', 'bitnami-mariadb', {}],
  ['helmforge-replication', 'helmforge-mysql', {}],
  ['helmforge-standalone', 'helmforge-mysql', { secret: 'passwords in the file belong into a Secret' }],
  ['cloudpirates-mariadb', 'cloudpirates-mariadb', { secret: 'passwords in the file belong into a Secret' }],
];

function factsOf(render: Render): Facts {
  const plain: unknown = JSON.parse(JSON.stringify(releaseFacts(manifests('helm4', render))));
  assert.ok(isObject(plain));
  return plain;
}

function convertedFacts(file: string): Facts {
  const text = readFileSync(join(FIXTURES, `${file}.yaml`), 'utf8');
  const answer = convert({ file: `${file}.yaml`, text }, chart, file === 'helmforge-standalone' ? { from: 'helmforge-mysql' } : {});
  assert.is(answer.kind, 'converted');
  const values: unknown = answer.kind === 'converted' ? parse(answer.conversion.text, { version: '1.1' }) : {};
  assert.ok(isObject(values));
  return factsOf({ values });
}

for (const [file, origin, differing] of CASES) {
  const golden = join(GOLDEN, `${file}.yaml`);

  if (ORIGINS !== undefined) {
    test(`${file}: the golden file is what ${origin} makes of it`, () => {
      const values = { global: { security: { allowInsecureImages: true } } };
      const render = { chart: join(ORIGINS, origin), files: [join(FIXTURES, `${file}.yaml`)], values: origin.startsWith('bitnami') ? values : {} };
      assertGolden(golden, stringify(factsOf(render)));
    });
  }

  test(`${file}: the converted file makes the same of this chart`, () => {
    const old: unknown = parse(readFileSync(golden, 'utf8'));
    assert.ok(isObject(old));
    const ours = convertedFacts(file);
    const names = Object.keys(old).filter((name) => !Object.hasOwn(differing, name));
    for (const name of names) assert.ok(isKept(old[name], ours[name]), `${name}: ${JSON.stringify(old[name])} became ${JSON.stringify(ours[name])}`);
  });
}

/** Whether everything that was there is there, with the same value. */
function isKept(old: unknown, now: unknown): boolean {
  if (isObject(old)) return isObject(now) && Object.entries(old).every(([key, value]) => isKept(value, now[key]));
  if (Array.isArray(old)) return Array.isArray(now) && old.every((item) => now.some((other) => isKept(item, other)));
  return String(old) === String(now);
}

test('a fact that is lost would be found', () => {
  assert.is(isKept({ size: '8Gi' }, { size: '10Gi' }), false);
  assert.is(isKept(['NodePort 3306'], []), false);
});

test.run();
