import { Ajv } from 'ajv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isExpressible } from '../../generator/editor/rule-schemas.ts';
import { isObject, typesOf } from '../../generator/model/json-schema.ts';
import { leavesOf } from '../../generator/model/model.ts';
import { schemaMistakes } from '../../generator/phases/check-defaults.ts';
import { renderOverrideSchema } from '../../generator/phases/render-override-schema.ts';
import { brokenRules, type PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { ENGINES } from '../../schema/engines.ts';
import { RULES } from '../../schema/rules.ts';
import { SNIPPETS } from '../../schema/snippets.ts';
import { merge, valuesAt } from '../support/merge.ts';
import { projectModel } from '../support/model.ts';
import { DEFAULT_SUBJECT, overrideSources } from '../support/override-schema.ts';
import { RULE_CASES } from '../support/rule-cases.ts';
import { readValues, valuesFiles } from '../support/values-files.ts';

const test = suite('override schema');

const document: unknown = JSON.parse(renderOverrideSchema(overrideSources()).text);
assert.ok(isObject(document));

// Editors' keywords are in no vocabulary, and a condition says nothing about types.
const validate = new Ajv({ strict: false, allErrors: true }).compile(document);

/** What the schema says against values; empty when nothing. */
function objections(values: PlainValues): readonly string[] {
  return validate(values) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}

test('a file may leave out everything', () => {
  assert.equal(objections({}), []);
});

test('every default is accepted alone, and so is null where Helm lets a user delete it', () => {
  for (const { path, schema, fallback } of leavesOf(projectModel().root)) {
    if (fallback !== undefined) assert.equal(objections(valuesAt(path, fallback)), [], path);
    const isDeletable = typesOf(schema).includes('null');
    assert.is(objections(valuesAt(path, null)).length === 0, isDeletable, `${path}: null`);
  }
});

test("null deletes a default inside Kubernetes' own objects", () => {
  const securityContext = { runAsUser: null, seccompProfile: null };
  assert.equal(objections({ pod: { securityContext }, resources: { server: { requests: null } } }), []);
});

test("a misspelt field of Kubernetes' own objects is refused, at any depth", () => {
  const term = { topologyKey: 'zone', labelSelector: { matchLables: { a: 'b' } } };
  const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
  assert.is(objections({ scheduling: { affinity } }).length, 1);
});

for (const file of valuesFiles()) {
  test(`${file.slice(file.lastIndexOf('/') + 1)} is accepted`, () => {
    assert.equal(objections(readValues(file)), []);
  });
}

test('rules that need no comparison of two values are in it; the others are those that compare', () => {
  const missing = RULES.filter((rule) => !isExpressible(rule.brokenWhen));
  for (const rule of missing)
    assert.match(JSON.stringify(rule.brokenWhen), /"kind":"(less|shorter|ofSeries|exceeds|itemTwice|itemNowhere)"/);
  assert.ok(missing.length < RULES.length / 2.5);
});

for (const rule of RULES.filter(({ brokenWhen }) => isExpressible(brokenWhen))) {
  test(`it refuses and accepts what the rule ${rule.id} does`, () => {
    const { refused, accepted } = RULE_CASES[rule.id] ?? { refused: {}, accepted: {} };
    assert.ok(objections(refused).some((text) => text.endsWith('boolean schema is false')));
    assert.equal(objections(accepted), []);
  });
}

for (const { path, label, body } of SNIPPETS) {
  test(`the snippet "${label}" works`, () => {
    const values = path === '' && isObject(body) ? body : valuesAt(path, body);
    assert.equal(objections(values), []);
    const merged = merge(DEFAULT_SUBJECT.values, values);
    assert.equal(schemaMistakes(projectModel().schema, merged), []);
    assert.equal(brokenRules(RULES, { values: merged, engines: ENGINES }), []);
  });
}

test.run();
