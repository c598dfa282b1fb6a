import { ANNOTATIONS, type MapOf, type Schema, type SchemaOf } from './json-schema.ts';

/** A schema with what `change` makes of each of its inner schemas. Nothing else knows which keywords hold schemas. */
export function mapMembers<To, From extends To>(schema: SchemaOf<From>, change: (inner: From) => To): SchemaOf<To> {
  const { items, anyOf, properties, patternProperties, additionalProperties, definitions } = schema;
  return {
    // Spread first, so that every keyword keeps its position.
    ...schema,
    ...(items === undefined ? {} : { items: change(items) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(change) }),
    ...(properties === undefined ? {} : { properties: mapValues(properties, change) }),
    ...(patternProperties === undefined ? {} : { patternProperties: mapValues(patternProperties, change) }),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: change(additionalProperties) } : {}),
    ...(definitions === undefined ? {} : { definitions: mapValues(definitions, change) }),
  };
}

/** The inner schemas of a schema. */
export function membersOf<Inner>(schema: SchemaOf<Inner>): readonly Inner[] {
  const members: Inner[] = [];
  mapMembers<unknown, Inner>(schema, (inner) => members.push(inner));
  return members;
}

/** Applies a change to every schema of a document, the innermost first. */
export function mapSchemas(schema: Schema, change: (schema: Schema) => Schema): Schema {
  return change(mapMembers(schema, (inner) => mapSchemas(inner, change)));
}

function mapValues<From, To>(map: MapOf<From>, change: (inner: From) => To): MapOf<To> {
  return Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, change(inner)]));
}

/** A document without the keywords that only people read. */
export function withoutAnnotations(document: Schema): Schema {
  const annotations: readonly string[] = ANNOTATIONS;
  return mapSchemas(document, (schema) => Object.fromEntries(Object.entries(schema).filter(([keyword]) => !annotations.includes(keyword))));
}
