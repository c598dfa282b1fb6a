import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { RE2JS } from 're2js';
import { GeneratorError } from '../errors.ts';
import { brokenRules, type Subject } from '../evaluate-rules.ts';
import type { Schema } from '../json-schema.ts';
import type { Rule } from '../../schema/rules.ts';

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
  const validate = compiled(schema);
  return validate(values) ? [] : (validate.errors ?? []).map(sentence);
}

function compiled(schema: Schema): ValidateFunction {
  try {
    return strictAjv().compile(schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GeneratorError('SCHEMA_COMPILE', 'schema/values.ts', 1, `Helm could not use the schema: ${reason}.`);
  }
}

/** Helm's patterns are RE2's, so they run under RE2 here; look-arounds then fail the generation, not an install. */
function strictAjv(): Ajv {
  const re2 = Object.assign((pattern: string) => RE2JS.compile(pattern), { code: 're2' });
  const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true, code: { regExp: re2 } });
  addFormats.default(ajv);
  return ajv;
}

function sentence(error: ErrorObject): string {
  return `The value ${error.instancePath.slice(1).replaceAll('/', '.') || 'root'} ${error.message ?? 'is wrong'}.`;
}
