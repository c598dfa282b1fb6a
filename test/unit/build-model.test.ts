import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { leavesOf, nearestPath, schemaAt } from '../../generator/model/model.ts';
import { buildModel } from '../../generator/phases/build-model.ts';
import { mistakeOf } from '../support/mistakes.ts';
import { SAMPLE_MODEL, SAMPLE_SCHEMA } from '../support/sample-model.ts';

const test = suite('build-model');

test('leaves keep the order of the defaults; one without default comes last or after its predecessor', () => {
  const paths = leavesOf(SAMPLE_MODEL.root).map((leaf) => leaf.path);
  assert.equal(paths, ['name', 'storage.kind', 'storage.labels', 'storage.port', 'share', 'modes']);
});

test('a leaf without default has none', () => {
  const port = leavesOf(SAMPLE_MODEL.root).find((leaf) => leaf.path === 'storage.port');
  assert.is(port?.fallback, undefined);
});

test('a value without doc comment is a mistake', () => {
  const message = mistakeOf(() => buildModel({ type: 'object', properties: { mute: { type: 'string' } } }, { mute: '' }));
  assert.is(message, 'schema/values.ts:1: The value mute has no doc comment.');
});

test('paths lead to schemas', () => {
  assert.equal(schemaAt(SAMPLE_SCHEMA, 'storage.kind')?.enum, ['disk', 'paper']);
  assert.is(schemaAt(SAMPLE_SCHEMA, 'storage.kinds'), undefined);
  assert.is(schemaAt(SAMPLE_SCHEMA, 'name.first'), undefined);
});

test('a misspelt path has a neighbour', () => {
  assert.is(nearestPath(SAMPLE_MODEL, 'storage.knid'), 'storage.kind');
  assert.is(nearestPath(SAMPLE_MODEL, 'stroage'), 'storage');
});

test.run();
