/** How the runs of test/model are judged, and the page that they write; the runs themselves are `make model`. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { statesOf, verdictOf } from '../model/check.ts';
import { PAGE, withTable } from '../model/page.ts';
import { VARIANTS } from '../model/variants.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('failover model');

const MODELS = join(ROOT, 'test/model');

test('a search that was not whole proves nothing', () => {
  assert.is(verdictOf('State-vector 64 byte, depth reached 9, errors: 0'), 'holds');
  assert.is(verdictOf('error: max search depth too small\nerrors: 0'), 'unfinished');
  assert.is(verdictOf('pan: reached -DMEMLIM bound, memory limit\nerrors: 0'), 'unfinished');
  assert.is(verdictOf('Depth= 1\nSearch not completed'), 'unfinished');
  assert.is(verdictOf('pan:1: assertion violated 0 (at depth 7)\nSearch not completed\nerrors: 1'), 'violated');
});

test('states are counted from the report', () => {
  assert.is(statesOf('  1107241 states, stored\n'), 1107241);
  assert.is(statesOf('1.2e+06 states, stored\n'), 1200000);
});

test('every word of a variant is one that its model asks for', () => {
  for (const { model, defines, name } of VARIANTS) {
    const text = readFileSync(join(MODELS, model), 'utf8');
    for (const word of defines.map((each) => each.replace(/=.*/, ''))) {
      assert.match(text, new RegExp(`^#ifn?def ${word}$`, 'm'), `${name}: ${word}`);
    }
  }
});

test('every word that a model asks for is tried by a variant', () => {
  const models = readdirSync(MODELS).filter((file) => file.endsWith('.pml'));
  const asked = models.flatMap((file) =>
    [...readFileSync(join(MODELS, file), 'utf8').matchAll(/^#ifdef (\w+)$/gm)].map(([, word = '']) => word),
  );
  const tried = new Set(VARIANTS.flatMap(({ defines }) => defines.map((each) => each.replace(/=.*/, ''))));
  assert.equal(
    [...new Set(asked)].filter((word) => !tried.has(word)),
    [],
  );
});

test('the page has the table of a run with every variant, all as expected', () => {
  const page = readFileSync(PAGE, 'utf8');
  for (const { name, expected } of VARIANTS) {
    const row = page.split('\n').find((line) => line.startsWith(`| ${name} |`)) ?? '';
    assert.ok(row.endsWith(`| ${expected} | ${expected} |`), name);
  }
});

test('a page without marks is refused', () => {
  assert.throws(() => withTable('# Page', []), /has no lines/);
});

test.run();
