import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { heaviest } from '../../generator/compare/change.ts';
import { schemaChanges } from '../../generator/compare/schema-changes.ts';
import type { Schema } from '../../generator/model/json-schema.ts';

const test = suite('changes of a schema');

const TEXT = { type: 'string' } as const satisfies Schema;
const MAP = { type: 'object', additionalProperties: true } as const satisfies Schema;
const TEXTS = { type: 'object', additionalProperties: TEXT } as const satisfies Schema;

/** What says less accepts more: the first of each pair accepts all that the second does, and other values, too. */
const WIDER_AND_NARROWER: readonly (readonly [what: string, wider: Schema, narrower: Schema])[] = [
  ['any type, and one', {}, TEXT],
  ['a list of anything, and one of texts', { type: 'array' }, { type: 'array', items: TEXT }],
  ['a list of untyped items, and one of texts', { type: 'array', items: {} }, { type: 'array', items: TEXT }],
  ['a map of anything, and one of texts', MAP, TEXTS],
  ['a map of which nothing is said, and one of texts', { type: 'object' }, TEXTS],
  ['a map of anything, and one with a named text', MAP, { ...MAP, properties: { a: TEXT } }],
  ['a map of texts with one name for anything, and one without', { ...TEXTS, properties: { a: {} } }, TEXTS],
  ['a number, and a whole one', { type: 'number' }, { type: 'integer' }],
  ['one of two kinds, and one', { anyOf: [TEXT, { type: 'integer' }] }, TEXT],
];

for (const [what, wider, narrower] of WIDER_AND_NARROWER) {
  test(`${what}: narrowing breaks, widening does not`, () => {
    assert.is(heaviest(schemaChanges(wider, narrower)), 'major');
    assert.is(heaviest(schemaChanges(narrower, wider)), 'minor');
    for (const schema of [wider, narrower]) assert.equal(schemaChanges(schema, schema), []);
  });
}

test('a list that becomes a text is one change, whatever its items were', () => {
  assert.equal(
    schemaChanges({ type: 'array', items: TEXT }, TEXT).map(({ level }) => level),
    ['major', 'minor'],
  );
});

test.run();
