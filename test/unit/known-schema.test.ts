import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isObject, type Schema } from '../../generator/model/json-schema.ts';
import { knownSchema } from '../../generator/model/known-schema.ts';
import { leavesOf, schemaAt, schemaBelow } from '../../generator/model/model.ts';
import { renderOverrideSchema } from '../../generator/phases/render-override-schema.ts';
import { overrideSources } from '../support/override-schema.ts';

const test = suite('the schema for people');

const sources = overrideSources();
const people = knownSchema(JSON.parse(renderOverrideSchema(sources).text));

test('what the model says in words comes back from the override schema as it was', () => {
  const tags = ({ form, choices }: Schema): object => ({
    form,
    words: choices
      ?.split('\n')
      .map((line) => line.trim())
      .sort(),
  });
  const own = leavesOf(sources.model.root).filter(({ schema }) => schema.kubernetes === undefined);
  const told = own.filter(({ schema }) => schema.form !== undefined || schema.choices !== undefined);
  assert.ok(told.length > 20, `${told.length} values`);
  for (const { path, schema } of told) {
    const found = schemaAt(people, path);
    assert.ok(found !== undefined, path);
    assert.is(found.keyForm, schema.keyForm, path);
    assert.equal(tags(found), tags(schema), path);
  }
});

test("Kubernetes' own types are there in full", () => {
  const keys = ['scheduling', 'tolerations', '0', 'effect'];
  assert.match(schemaBelow(people, keys)?.description ?? '', 'NoSchedule');
  assert.match(schemaBelow(people, ['resources', 'server', 'limits', 'memory'])?.form ?? '', '512Mi');
  assert.is(schemaBelow(people, ['resources', 'server', 'limit']), undefined);
});

test('a value that will go says what to use instead', () => {
  const document = { properties: { old: { type: 'string', deprecationMessage: 'Deprecated: use fresh.', 'x-deprecated': 'use fresh.' } } };
  const schema = knownSchema(document);
  assert.ok(isObject(schema.properties));
  assert.is(schema.properties['old']?.deprecated, 'use fresh.');
});

test.run();
