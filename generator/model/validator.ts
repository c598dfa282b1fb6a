import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { RE2JS } from 're2js';
import { GeneratorError } from '../errors/generator-error.ts';
import type { Schema } from './json-schema.ts';
import { withoutAnnotations } from './map-schemas.ts';

/** Compiling takes longer than checking a hundred values. */
const VALIDATORS = new WeakMap<Schema, ValidateFunction>();

/** A function that says everything that a schema has against values. */
export function compileValidator(schema: Schema): ValidateFunction {
  try {
    const validate = VALIDATORS.get(schema) ?? strictAjv().compile(withoutAnnotations(schema));
    VALIDATORS.set(schema, validate);
    return validate;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GeneratorError('SCHEMA_COMPILE', 'schema/values.ts', 1, `Helm could not use the schema: ${reason}.`);
  }
}

/** Helm's patterns are RE2's, so they run under RE2 here; look-arounds then fail the generation, not an install. */
function strictAjv(): Ajv {
  const re2 = Object.assign((pattern: string) => RE2JS.compile(pattern), { code: 're2' });
  const ajv = new Ajv({
    strict: true,
    allErrors: true,
    allowUnionTypes: true,
    verbose: true,
    // The code runs once or twice, so polishing it costs more time than it saves.
    code: { regExp: re2, optimize: false },
  });
  addFormats.default(ajv);
  return ajv;
}
