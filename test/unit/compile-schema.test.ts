import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listFiles } from '../../generator/files/list-files.ts';
import { assertSchema } from '../../generator/model/json-schema.ts';
import { leavesOf } from '../../generator/model/model.ts';
import { buildModel } from '../../generator/phases/build-model.ts';
import { compileSchema } from '../../generator/phases/compile-schema.ts';
import { DEFAULTS } from '../../schema/defaults.ts';
import { ENGINES } from '../../schema/engines.ts';
import { mistakeOf } from '../support/mistakes.ts';

const test = suite('compile-schema');
const schema = compileSchema();

test('the model compiles to a closed root with plain definition names', () => {
  assert.is(schema.additionalProperties, false);
  for (const name of Object.keys(schema.definitions ?? {})) assert.match(name, /^[A-Z][A-Za-z]*$/);
});

test('the engine names of the values are the rows of the engine table', () => {
  const names = ENGINES.map((engine) => engine.name).sort();
  assert.equal([...(schema.definitions?.['EngineName']?.enum ?? [])].sort(), names);
});

test('every value has a description that is a sentence', () => {
  for (const { path, description } of leavesOf(buildModel(schema, DEFAULTS).root)) {
    assert.match(description, /^[A-Z`].+[^.]\.$/s, path);
    assert.ok(description.length > 18, `${path} is hardly described`);
  }
});

test('the model uses no Record, which the compiler turns into an object that accepts nothing', async () => {
  const folder = fileURLToPath(new URL('../../schema/values/', import.meta.url));
  for (const file of await listFiles(folder)) {
    assert.not.match(await readFile(`${folder}${file}`, 'utf8'), /\bRecord</, file);
  }
});

test('a keyword that no phase knows is a mistake', () => {
  const message = mistakeOf(() => {
    assertSchema({ type: 'object', properties: { when: { type: 'string', contentMediaType: 'text/plain' } } });
  });
  assert.match(message, /^schema\/values\.ts:1: The schema says something at #\/properties\/when\/contentMediaType/);
});

test('a type that does not exist is a mistake', () => {
  assert.match(
    mistakeOf(() => compileSchema(undefined, 'Value')),
    /does not compile/,
  );
});

test.run();
