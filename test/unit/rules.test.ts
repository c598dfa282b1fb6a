import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { brokenRules, type PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { DEFAULTS } from '../../schema/defaults.ts';
import { ENGINES } from '../../schema/engines.ts';
import { RULES } from '../../schema/rules.ts';
import { merge } from '../support/merge.ts';
import { RULE_CASES } from '../support/rule-cases.ts';

const test = suite('rules');

const broken = (overrides: PlainValues): readonly string[] =>
  brokenRules(RULES, { values: merge({ ...DEFAULTS }, overrides), engines: ENGINES });

test('every rule has cases, and no case is without rule', () => {
  assert.equal(Object.keys(RULE_CASES).sort(), RULES.map((rule) => rule.id).sort());
});

for (const [id, { refused, accepted, message }] of Object.entries(RULE_CASES)) {
  test(`${id} refuses with its own words`, () => {
    assert.equal(broken(refused), [message]);
  });
  test(`${id} accepts`, () => {
    assert.equal(broken(accepted), []);
  });
}

test('the defaults break no rule', () => {
  assert.equal(broken({}), []);
});

test('all broken rules are listed, in the order of the table', () => {
  const found = broken({ engine: 'mariadb-11.8', clone: { method: 'plugin' }, update: { partition: 7 } });
  assert.is(found.length, 2);
  assert.match(found[0] ?? '', /^clone\.method, engine: /);
  assert.match(found[1] ?? '', /^update\.partition, replicaCount: /);
});

test.run();
