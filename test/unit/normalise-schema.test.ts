import { readFile } from 'node:fs/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { assertSchema, type Schema } from '../../generator/model/json-schema.ts';
import { valueAt } from '../../generator/model/model.ts';
import { compileSchema } from '../../generator/phases/compile-schema.ts';
import { NORMALISING_RULES, normaliseSchema } from '../../generator/phases/normalise-schema.ts';

const test = suite('normalise-schema');

async function fixture(name: string): Promise<{ given: Schema; want: Schema }> {
  const url = new URL(`fixtures/normalise/${name}.json`, import.meta.url);
  const content: unknown = JSON.parse(await readFile(url, 'utf8'));
  const [given, want] = [valueAt(content, 'given'), valueAt(content, 'want')];
  assertSchema(given);
  assertSchema(want);
  return { given, want };
}

for (const rule of NORMALISING_RULES) {
  test(rule.name, async () => {
    const { given, want } = await fixture(rule.name);
    const before = JSON.stringify(given);
    // Texts are compared, since the order of keywords is part of the result.
    assert.fixture(JSON.stringify(rule.apply(given), undefined, 2), JSON.stringify(want, undefined, 2));
    assert.is(JSON.stringify(given), before, 'the rule changes what it is given');
  });
}

test('normalising twice changes nothing more', () => {
  const once = normaliseSchema(compileSchema());
  assert.ok(JSON.stringify(normaliseSchema(once)) === JSON.stringify(once));
});

test.run();
