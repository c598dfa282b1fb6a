/** GitHub shows no form at all when one of its fields is wrong, and says so to nobody who would mend it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { isObject } from '../../generator/model/json-schema.ts';
import { ENGINES } from '../../schema/engines.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('issue forms');

const FOLDER = join(ROOT, '.github/ISSUE_TEMPLATE');
const forms = readdirSync(FOLDER).filter((name) => name !== 'config.yml');
const TOP = ['name', 'description', 'title', 'labels', 'assignees', 'projects', 'type', 'body'];
const TYPES = ['markdown', 'input', 'textarea', 'dropdown', 'checkboxes', 'upload'];

function record(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw new TypeError(`${where} is no map.`);
  return value;
}

function fields(name: string): readonly Readonly<Record<string, unknown>>[] {
  const { body } = record(parse(readFileSync(join(FOLDER, name), 'utf8')), name);
  assert.ok(Array.isArray(body), name);
  return Array.isArray(body) ? body.map((field) => record(field, name)) : [];
}

test('forms have a name, a description and known keys', () => {
  assert.equal([...forms].sort(), ['bug.yml', 'feature.yml']);
  for (const name of forms) {
    const form = record(parse(readFileSync(join(FOLDER, name), 'utf8')), name);
    for (const key of ['name', 'description']) assert.type(form[key], 'string', `${name}: ${key}`);
    for (const key of Object.keys(form)) assert.ok(TOP.includes(key), `${name}: ${key}`);
  }
});

test('fields have known types, an id each and a label', () => {
  for (const name of forms) {
    const questions = fields(name).filter(({ type }) => type !== 'markdown');
    for (const { type, id, attributes } of questions) {
      assert.ok(TYPES.includes(String(type)), `${name}: ${String(type)}`);
      assert.match(String(id), /^[A-Za-z0-9_-]+$/, name);
      assert.type(record(attributes, name)['label'], 'string', name);
    }
    assert.is(new Set(questions.map(({ id }) => id)).size, questions.length, name);
    assert.ok(
      questions.some(({ validations }) => isObject(validations) && validations['required'] === true),
      name,
    );
  }
});

test('the form for mistakes asks for version, values and what kubectl says, and knows all engines', () => {
  const asked = fields('bug.yml');
  for (const id of ['chart', 'engine', 'versions', 'values', 'pods', 'logs'])
    assert.ok(
      asked.some((field) => field['id'] === id),
      id,
    );
  const options = record(asked.find(({ id }) => id === 'engine')?.['attributes'], 'engine')['options'];
  assert.ok(Array.isArray(options));
  for (const { name } of ENGINES) assert.ok(Array.isArray(options) && options.includes(name), name);
});

test.run();
