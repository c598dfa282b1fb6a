import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../files/package-root.ts';
import { assertSchema, type Schema } from '../model/json-schema.ts';

/** What `npm pack` keeps of the compiled model. */
export const COMPILED_SCHEMA = join(PACKAGE_ROOT, 'dist/compiled-schema.json');

/**
 * The model as JSON Schema. A checkout compiles it from its types; the packed program, which comes without the types'
 * sources and without a compiler, reads what was compiled when it was packed.
 */
export async function modelSchema(): Promise<Schema> {
  if (existsSync(join(PACKAGE_ROOT, 'schema/values.ts'))) {
    const { compileSchema } = await import('./compile-schema.ts');
    return compileSchema();
  }
  const schema: unknown = JSON.parse(await readFile(COMPILED_SCHEMA, 'utf8'));
  assertSchema(schema);
  return schema;
}
