import type { ANNOTATIONS, MapOf, SchemaOf } from '../model/json-schema.ts';

/** Where editors find the schema, beside values.yaml. */
export const OVERRIDE_SCHEMA = 'values.override.schema.json';

type Tag = (typeof ANNOTATIONS)[number];

/**
 * JSON Schema (draft-07) for people who type: with the keywords that yaml-language-server, which is behind the YAML
 * support of most editors, knows beside the standard's, and with our tags for `mysql-sts explain`. Validators ignore both.
 */
export interface EditorSchema extends Omit<SchemaOf<EditorSchema>, 'properties' | Tag>, Tags {
  readonly allOf?: readonly EditorSchema[];
  readonly not?: EditorSchema;
  readonly if?: EditorSchema;
  readonly then?: EditorSchema;
  readonly else?: EditorSchema;
  readonly const?: unknown;
  readonly contains?: EditorSchema;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly properties?: MapOf<EditorSchema | false>;
  readonly default?: unknown;
  readonly markdownDescription?: string;
  readonly markdownEnumDescriptions?: readonly string[];
  readonly errorMessage?: string;
  readonly patternErrorMessage?: string;
  readonly deprecationMessage?: string;
  readonly defaultSnippets?: readonly EditorSnippet[];
}

type Tags = { readonly [Name in Tag as `x-${Name}`]?: string };

export type EditorSchemaMap = MapOf<EditorSchema>;

/** Text that an editor offers to insert. */
export interface EditorSnippet {
  readonly label: string;
  readonly description: string;
  readonly body: unknown;
}

/** How an editor says which form a value must have. */
export function expectation(form: string): string {
  return `Expected: ${form}.`;
}

/** How an editor says which form the keys of a map must have. */
export function keyExpectation(form: string): string {
  return `Expected as the keys of a map: ${form}.`;
}
