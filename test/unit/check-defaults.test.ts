import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULTS } from '../../schema/defaults.ts';
import { ENGINES } from '../../schema/engines.ts';
import { RULES } from '../../schema/rules.ts';
import { checkDefaults, schemaMistakes } from '../../generator/phases/check-defaults.ts';
import { compileSchema } from '../../generator/phases/compile-schema.ts';
import { normaliseSchema } from '../../generator/phases/normalise-schema.ts';
import { merge } from '../support/merge.ts';
import { mistakeOf } from '../support/mistakes.ts';

const test = suite('check-defaults');
const schema = normaliseSchema(compileSchema());
const values = { ...DEFAULTS };

test('the defaults pass', () => {
  checkDefaults(schema, RULES, { values, engines: ENGINES });
});

test('a default that its own schema refuses is a mistake', () => {
  const wrong = merge(values, { storage: { size: '10 Gigs' } });
  const message = mistakeOf(() => {
    checkDefaults(schema, RULES, { values: wrong, engines: ENGINES });
  });
  assert.match(message, /^schema\/defaults\.ts:1: The value storage\.size must match pattern/);
});

test('defaults that break a rule are a mistake', () => {
  const wrong = merge(values, { tls: { mode: 'secret' } });
  const message = mistakeOf(() => {
    checkDefaults(schema, RULES, { values: wrong, engines: ENGINES });
  });
  assert.match(message, /^schema\/defaults\.ts:1: tls\.secretName, tls\.mode: /);
});

test('a pattern that Helm could not run fails here', () => {
  const lookAhead = { type: 'object', properties: { name: { type: 'string', pattern: '^(?!root)' } } } as const;
  assert.match(
    mistakeOf(() => schemaMistakes(lookAhead, { name: 'app' })),
    /^schema\/values\.ts:1: Helm could not use the schema: .*\(\?!/,
  );
});

test.run();
