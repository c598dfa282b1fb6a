import { join } from 'node:path';
import TJS from 'typescript-json-schema';
import ts from 'typescript';
import { GeneratorError } from '../errors/generator-error.ts';
import { PACKAGE_ROOT } from '../files/package-root.ts';
import { ANNOTATIONS, assertSchema, type Schema } from '../model/json-schema.ts';

/** The model's own root. */
export const VALUES_FILE = join(PACKAGE_ROOT, 'schema/values.ts');

/** Keywords of ours that a doc comment may use as tags. */
const OWN_KEYWORDS = ['keyPattern', 'valuePattern', ...ANNOTATIONS];

/**
 * Compiles a type into JSON Schema. The compiler's options are spelled out rather than read from tsconfig.json: with
 * `module: nodenext` the names of definitions would contain import expressions.
 */
export function compileSchema(file = VALUES_FILE, type = 'Values'): Schema {
  const program = TJS.getProgramFromFiles([file], {
    strict: true,
    target: ts.ScriptTarget.ES2023,
    lib: ['ES2023'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
    skipLibCheck: true,
  });
  const schema = schemaOf(program, type);
  if (schema === undefined) {
    throw new GeneratorError('SCHEMA_COMPILE', file, 1, `The type ${type} does not compile; run tsc to see why.`);
  }
  assertSchema(schema);
  return schema;
}

function schemaOf(program: ts.Program, type: string): unknown {
  const generator = TJS.buildGenerator(program, {
    required: true,
    noExtraProps: true,
    strictNullChecks: true,
    validationKeywords: OWN_KEYWORDS,
  });
  return generator?.getUserSymbols().includes(type) === true ? generator.getSchemaForSymbol(type) : undefined;
}
