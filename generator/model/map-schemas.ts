import { ANNOTATIONS, type Schema, type SchemaMap } from './json-schema.ts';

/** Applies a change to every schema of a document, the innermost first. */
export function mapSchemas(schema: Schema, change: (schema: Schema) => Schema): Schema {
  const inside = (inner: Schema): Schema => mapSchemas(inner, change);
  const { items, anyOf, properties, patternProperties, additionalProperties, definitions } = schema;
  return change({
    // Spread first, so that every keyword keeps its position.
    ...schema,
    ...(items === undefined ? {} : { items: inside(items) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(inside) }),
    ...(properties === undefined ? {} : { properties: mapValues(properties, inside) }),
    ...(patternProperties === undefined ? {} : { patternProperties: mapValues(patternProperties, inside) }),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: inside(additionalProperties) } : {}),
    ...(definitions === undefined ? {} : { definitions: mapValues(definitions, inside) }),
  });
}

/** The same map with each schema changed. */
export function mapValues<T>(map: SchemaMap, change: (schema: Schema) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(map).map(([key, schema]) => [key, change(schema)]));
}

/** A document without the keywords that only people read. */
export function withoutAnnotations(document: Schema): Schema {
  const annotations: readonly string[] = ANNOTATIONS;
  return mapSchemas(document, (schema) =>
    Object.fromEntries(Object.entries(schema).filter(([keyword]) => !annotations.includes(keyword))),
  );
}
