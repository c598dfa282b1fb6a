import { ANNOTATIONS, assertSchema, isObject, shapeOf, type Schema } from './json-schema.ts';

/** The part of a document for editors that is a schema in the sense of {@link Schema}, with our tags under their own names. */
export function knownSchema(document: unknown): Schema {
  const schema = known(document);
  assertSchema(schema);
  return schema;
}

/**
 * Our tags by the names that they have in documents for editors. JSON Schema leaves names that begin with x- to everybody; editors and
 * validators pass them over.
 */
const TAGS: ReadonlyMap<string, string> = new Map(ANNOTATIONS.map((tag) => [`x-${tag}`, tag]));

function known(node: unknown): unknown {
  if (!isObject(node)) return node;
  const keywords = Object.entries(node).map(([name, content]): [string, unknown] => [TAGS.get(name) ?? name, content]);
  return Object.fromEntries(keywords.flatMap(([keyword, content]) => knownKeyword(keyword, content)));
}

function knownKeyword(keyword: string, content: unknown): readonly (readonly [string, unknown])[] {
  switch (shapeOf(keyword)) {
    case undefined:
      return [];
    case 'schema':
    case 'booleanOrSchema':
      return [[keyword, known(content)]];
    case 'schemas':
      return [[keyword, Array.isArray(content) ? content.map(known) : content]];
    case 'map':
      return [
        [keyword, isObject(content) ? Object.fromEntries(Object.entries(content).map(([key, inner]) => [key, known(inner)])) : content],
      ];
    case 'string':
    case 'number':
    case 'list':
    case 'type':
      return [[keyword, content]];
  }
}
