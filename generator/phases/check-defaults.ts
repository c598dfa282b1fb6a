import type { ErrorObject } from 'ajv';
import type { Rule } from '../../schema/rule.ts';
import { GeneratorError } from '../errors/generator-error.ts';
import type { Schema } from '../model/json-schema.ts';
import { compileValidator } from '../model/validator.ts';
import { brokenRules, type Subject } from '../rules/evaluate-rules.ts';

const DEFAULTS_FILE = 'schema/defaults.ts';

/** Fails when the defaults break the schema or a rule, or when the schema is one that Helm could not use. */
export function checkDefaults(schema: Schema, rules: readonly Rule[], defaults: Subject): void {
  const [mistake] = schemaMistakes(schema, defaults.values);
  if (mistake !== undefined) throw new GeneratorError('INVALID_DEFAULT', DEFAULTS_FILE, 1, mistake);
  const [broken] = brokenRules(rules, defaults);
  if (broken !== undefined) throw new GeneratorError('BROKEN_RULE', DEFAULTS_FILE, 1, broken);
}

/** What a schema says against values, a sentence a mistake. */
export function schemaMistakes(schema: Schema, values: unknown): readonly string[] {
  const validate = compileValidator(schema);
  return validate(values) ? [] : (validate.errors ?? []).map(sentence);
}

function sentence(error: ErrorObject): string {
  return `The value ${error.instancePath.slice(1).replaceAll('/', '.') || 'root'} ${error.message ?? 'is wrong'}.`;
}
