/** The table of other charts' values, and what the code that reads it may use. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { schemaAt } from '../../generator/model/model.ts';
import { ORIGINS } from '../../generator/origins/origins.ts';
import { keysOf, leadsTo, rowsFor } from '../../generator/origins/paths.ts';
import { ORIGIN_NAMES, type Row } from '../../generator/origins/row.ts';
import { projectModel } from '../support/model.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('the table of origins');

test('every name that --from takes has its table', () => {
  assert.equal(
    ORIGINS.map(({ name }) => name),
    [...ORIGIN_NAMES],
  );
});

for (const { name, rows, defaults, marks } of ORIGINS) {
  test(`${name}: every place is one of the chart's`, () => {
    const { schema } = projectModel();
    const places = rows.flatMap((row) => (row.kind === 'move' ? [row.to, ...(row.also ?? []).map(([path]) => path)] : []));
    assert.equal(
      places.filter((path) => schemaAt(schema, path) === undefined),
      [],
    );
  });

  test(`${name}: defaults, conditions and marks speak of values that the table knows`, () => {
    const conditions = rows.flatMap((row) => (row.when ?? []).map(({ path }) => path));
    const paths = [...Object.keys(defaults), ...conditions, ...marks].filter((path) => !isKnown(rows, path));
    assert.equal(paths, []);
  });

  test(`${name}: no two rows of a value count together, unless they lead to two places`, () => {
    const twice = rows.filter((row, index) => rows.some((other, before) => before < index && sameRow(row, other)));
    assert.equal(
      twice.map(({ from }) => from),
      [],
    );
  });

  test(`${name}: reasons and notes are sentences`, () => {
    const sentences = rows.flatMap((row) =>
      row.kind === 'drop' || row.kind === 'lack' ? [row.because] : row.kind === 'move' ? [row.note ?? 'A.'] : [],
    );
    assert.equal(
      sentences.filter((sentence) => !/^[A-Z].*[.]$/.test(sentence)),
      [],
    );
  });
}

function isKnown(rows: readonly Row[], path: string): boolean {
  return rowsFor(rows, keysOf(path)).length > 0 || rows.some(({ from }) => leadsTo(keysOf(path), keysOf(from)));
}

function sameRow(row: Row, other: Row): boolean {
  const places = [row, other].map((one) => (one.kind === 'move' ? one.to : one.kind));
  return row.from === other.from && places[0] === places[1] && JSON.stringify(row.when) === JSON.stringify(other.when);
}

/** All modules that one needs, by their imports. */
function neededModules(path: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, specifier = ''] of readFileSync(path, 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gm)) {
    neededModules(join(dirname(path), specifier), found);
  }
  return found;
}

test('what converts needs no Node, so that a page in a browser can do it', () => {
  const modules = [...neededModules(join(ROOT, 'generator/convert/convert.ts'))];
  assert.ok(modules.length > 20 && modules.every((module) => existsSync(module)));
  const users = modules.filter((module) => /from 'node:|\bprocess\.|\bBuffer\b|\brequire\(/.test(readFileSync(module, 'utf8')));
  assert.equal(users, []);
});

test.run();
