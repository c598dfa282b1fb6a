import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertSchema } from '../../generator/model/json-schema.ts';
import { schemaMistakes } from '../../generator/phases/check-defaults.ts';
import { brokenRules, type PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { ENGINES } from '../../schema/engines.ts';
import { RULES } from '../../schema/rules.ts';
import { merge } from './merge.ts';
import { DEFAULT_SUBJECT } from './override-schema.ts';
import { CHART } from './tools.ts';

const SCHEMA: unknown = JSON.parse(readFileSync(join(CHART, 'values.schema.json'), 'utf8'));

/** What the chart's schema and, for values that pass it, the rules say of a user's values, without Helm. */
export function mistakesIn(values: PlainValues): readonly string[] {
  assertSchema(SCHEMA);
  const merged = merge(DEFAULT_SUBJECT.values, values);
  const mistakes = schemaMistakes(SCHEMA, merged);
  return mistakes.length > 0 ? mistakes : brokenRules(RULES, { values: merged, engines: ENGINES });
}
