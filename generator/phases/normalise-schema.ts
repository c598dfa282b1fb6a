import { dereference, typesOf, type Schema } from '../model/json-schema.ts';
import { mapSchemas } from '../model/map-schemas.ts';

/** A named step from what the compiler emits to what Helm can check. Pure: takes a document, returns a new one. */
export interface NormalisingRule {
  readonly name: string;
  readonly apply: (document: Schema) => Schema;
}

const BESIDE_REFERENCES: ReadonlySet<string> = new Set(['$ref', 'description', 'choices', 'deprecated', 'examples']);

/**
 * In draft-07 a reference hides what stands beside it, and Helm keeps to that. The compiler repeats the referred type's
 * tags there; only what people read may stay.
 */
const bareReferences: NormalisingRule = {
  name: 'bare-references',
  apply: (document) =>
    mapSchemas(document, (schema) => {
      if (schema.$ref === undefined) return schema;
      return Object.fromEntries(Object.entries(schema).filter(([keyword]) => BESIDE_REFERENCES.has(keyword)));
    }),
};

/**
 * What our tags say about the keys and values of a map, or the items of a list. Not `propertyNames`: Helm's message about a wrong key would
 * then not say where the map is.
 */
const mapPatterns: NormalisingRule = {
  name: 'map-patterns',
  apply: (document) =>
    mapSchemas(document, ({ keyPattern, valuePattern, ...schema }) => {
      if (schema.items !== undefined) return { ...schema, items: withPattern(schema.items, valuePattern) };
      if (keyPattern === undefined && valuePattern === undefined) return schema;
      const member = withPattern(valueSchema(schema), valuePattern);
      if (keyPattern === undefined) return { ...schema, additionalProperties: member };
      return { ...schema, patternProperties: { [keyPattern]: member }, additionalProperties: false };
    }),
};

/** Doc comments are wrapped where the source's margin is; their readers have other margins. */
const unwrappedDescriptions: NormalisingRule = {
  name: 'unwrapped-descriptions',
  apply: (document) =>
    mapSchemas(document, (schema) =>
      schema.description === undefined ? schema : { ...schema, description: schema.description.replaceAll(/\s+/g, ' ') },
    ),
};

/** An object whose further fields may be anything says so with `true`, which people read faster than `{}`. */
const openObjects: NormalisingRule = {
  name: 'open-objects',
  apply: (document) =>
    mapSchemas(document, (schema) => (isEmptySchema(schema.additionalProperties) ? { ...schema, additionalProperties: true } : schema)),
};

/**
 * Users delete a default map or list with `null`, and unset what has no default. Helm then drops the key before it
 * validates, except under a parent chart, where the null itself arrives. So neither is an error for what templates can
 * do without.
 */
const deletableValues: NormalisingRule = {
  name: 'deletable-values',
  apply: (document) =>
    mapSchemas(document, (schema) => {
      const nullable = isCollection(schema) ? withNull(schema) : schema;
      const { properties, required = [] } = nullable;
      if (properties === undefined) return nullable;
      const needed = required.filter((key) => !isCollection(dereference(properties[key] ?? {}, document)));
      const members = Object.entries(properties).map(([key, member]): [string, Schema] => [
        key,
        needed.includes(key) ? member : withNull(member),
      ]);
      return { ...nullable, properties: Object.fromEntries(members), required: needed };
    }),
};

const KEYWORD_ORDER: readonly (keyof Schema)[] = ['$schema', '$comment', 'title', '$ref', 'description', 'type', 'enum'];

/** The same order of keywords everywhere, so that a change of the compiler moves no lines. */
const keywordOrder: NormalisingRule = {
  name: 'keyword-order',
  apply: (document) =>
    mapSchemas(document, (schema) => {
      const { required, additionalProperties, definitions, ...rest } = schema;
      const first = Object.fromEntries(KEYWORD_ORDER.filter((key) => key in schema).map((key) => [key, schema[key]]));
      return {
        ...first,
        ...rest,
        ...(required === undefined || required.length === 0 ? {} : { required: [...required].sort() }),
        ...(additionalProperties === undefined ? {} : { additionalProperties }),
        ...(definitions === undefined ? {} : { definitions }),
      };
    }),
};

/** In the order in which they run. */
export const NORMALISING_RULES: readonly NormalisingRule[] = [
  bareReferences,
  unwrappedDescriptions,
  mapPatterns,
  openObjects,
  deletableValues,
  keywordOrder,
];

/** Turns the compiler's schema into the one that Helm checks values with. */
export function normaliseSchema(compiled: Schema): Schema {
  return NORMALISING_RULES.reduce((document, rule) => rule.apply(document), compiled);
}

/** A map, an open object or a list that may be empty. The shared globals are none: some of their keys must be there. */
function isCollection(schema: Schema): boolean {
  const types = typesOf(schema);
  if (types.includes('array')) return schema.minItems === undefined;
  const isOpen = schema.kubernetes !== undefined || schema.additionalProperties !== false || schema.patternProperties !== undefined;
  return types.includes('object') && isOpen && (schema.required ?? []).length === 0;
}

/** A reference is left alone: what it refers to takes null by itself. */
function withNull(schema: Schema): Schema {
  return schema.type === undefined ? schema : { ...schema, type: [...new Set([...typesOf(schema), 'null' as const])] };
}

/** In a union, the pattern is the text's. */
function withPattern(member: Schema, pattern: string | undefined): Schema {
  if (pattern === undefined) return member;
  if (member.anyOf !== undefined) return { ...member, anyOf: member.anyOf.map((part) => withPattern(part, pattern)) };
  return member.$ref === undefined ? { ...member, pattern } : member;
}

function valueSchema(schema: Schema): Schema {
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
}

function isEmptySchema(schema: Schema['additionalProperties']): boolean {
  return typeof schema === 'object' && Object.keys(schema).length === 0;
}
