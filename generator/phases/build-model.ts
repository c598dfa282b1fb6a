import { GeneratorError } from '../errors/generator-error.ts';
import { dereference, isObject, type Schema } from '../model/json-schema.ts';
import { isSection, type Model, type ModelNode, type Section } from '../model/model.ts';

/** Joins the schema and the defaults into the tree that people and templates see. */
export function buildModel(schema: Schema, defaults: unknown): Model {
  const root: Section = {
    kind: 'section',
    path: '',
    description: '',
    children: children(schema, schema, defaults, ''),
  };
  return { schema, root };
}

function children(schema: Schema, document: Schema, defaults: unknown, path: string): readonly ModelNode[] {
  const properties = schema.properties ?? {};
  const values = isObject(defaults) ? defaults : {};
  return orderedKeys(Object.keys(properties), Object.keys(values)).map((key) => {
    const child = dereference(properties[key] ?? {}, document);
    return node(child, document, values[key], path === '' ? key : `${path}.${key}`);
  });
}

function node(schema: Schema, document: Schema, fallback: unknown, path: string): ModelNode {
  const description = schema.description;
  if (description === undefined) {
    throw new GeneratorError('MISSING_DESCRIPTION', 'schema/values.ts', 1, `The value ${path} has no doc comment.`);
  }
  if (isSection(schema)) {
    return { kind: 'section', path, description, children: children(schema, document, fallback, path) };
  }
  return { kind: 'leaf', path, description, schema, items: dereference(schema.items ?? {}, document), fallback };
}

/**
 * The order of the defaults, which people chose; a value without default comes after the one that precedes it in its
 * type, or last.
 */
function orderedKeys(declared: readonly string[], withDefault: readonly string[]): readonly string[] {
  const ordered = withDefault.filter((key) => declared.includes(key));
  for (const key of declared.filter((candidate) => !withDefault.includes(candidate))) {
    const predecessor = declared[declared.indexOf(key) - 1];
    const position = predecessor === undefined ? ordered.length : ordered.indexOf(predecessor) + 1;
    ordered.splice(position, 0, key);
  }
  return ordered;
}
