/**
 * The values as a tree of sections and leaves: what people read of them (values.yaml, the README's table) and what
 * templates may ask for.
 */
import { closest } from 'fastest-levenshtein';
import { dereference, isObject, typesOf, type Schema } from './json-schema.ts';

/** A value that a user sets as a whole. */
export interface Leaf {
  readonly kind: 'leaf';
  readonly path: string;
  readonly description: string;
  readonly schema: Schema;
  /** What each item of a list is; empty for what is no list. */
  readonly items: Schema;
  /** Undefined for a value that has no default. */
  readonly fallback: unknown;
}

/** A group of values. */
export interface Section {
  readonly kind: 'section';
  readonly path: string;
  readonly description: string;
  readonly children: readonly ModelNode[];
}

export type ModelNode = Section | Leaf;

export interface Model {
  readonly schema: Schema;
  readonly root: Section;
}

/** The last word of a path. */
export function keyOf(node: ModelNode): string {
  return node.path.slice(node.path.lastIndexOf('.') + 1);
}

/** What people read of a value that will go; empty for one that stays. */
export function deprecationText({ schema }: Leaf): string {
  return schema.deprecated === undefined ? '' : `Deprecated: ${schema.deprecated}`;
}

/** All leaves below a node, in the order of the model. */
export function leavesOf(node: ModelNode): readonly Leaf[] {
  return node.kind === 'leaf' ? [node] : node.children.flatMap(leavesOf);
}

/** A section is an object whose keys the model lists; a map, a list or a part of Kubernetes' API is one value. */
export function isSection(schema: Schema): boolean {
  // A part of Kubernetes' API can be deleted as a whole; its tag is not in the schema that Helm reads.
  if (schema.kubernetes !== undefined || typesOf(schema).includes('null')) return false;
  return schema.properties !== undefined && (schema.additionalProperties === false || schema.required !== undefined);
}

/** The schema behind a dotted path, fields of Kubernetes' own objects included; undefined when there is none. */
export function schemaAt(document: Schema, path: string): Schema | undefined {
  let schema = dereference(document, document);
  for (const key of path.split('.')) {
    const child = schema.properties?.[key];
    if (child === undefined) return undefined;
    schema = dereference(child, document);
  }
  return schema;
}

/**
 * The schema of what a key stands for in an object, a map or a list, whose items need no number: `tolerations.effect` is
 * as good as `tolerations.0.effect`. Undefined when there is none.
 */
export function memberSchema(schema: Schema, key: string, document: Schema): Schema | undefined {
  const inside = itemsOrSelf(schema, document);
  if (schema.items !== undefined && /^\d+$/.test(key)) return inside;
  const members = [...Object.values(inside.patternProperties ?? {}), inside.additionalProperties];
  const own = inside.properties !== undefined && Object.hasOwn(inside.properties, key) ? inside.properties[key] : undefined;
  const member = own ?? members.find((candidate) => typeof candidate === 'object');
  return typeof member === 'object' ? dereference(member, document) : undefined;
}

/** The schema behind keys that may lead through maps and lists. */
export function schemaBelow(document: Schema, keys: readonly string[]): Schema | undefined {
  return keys.reduce<Schema | undefined>((schema, key) => schema && memberSchema(schema, key, document), document);
}

/** A list's items, and anything else itself. */
export function itemsOrSelf(schema: Schema, document: Schema): Schema {
  return schema.items === undefined ? schema : dereference(schema.items, document);
}

/** The value behind a dotted path; undefined when there is none. */
export function valueAt(values: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined), values);
}

/** The path of the model that a misspelt one is nearest to. */
export function nearestPath(model: Model, path: string): string {
  return closest(path, allPaths(model.root));
}

function allPaths(node: ModelNode): readonly string[] {
  const below = node.kind === 'leaf' ? [] : node.children.flatMap(allPaths);
  return node.path === '' ? below : [node.path, ...below];
}

/** Whether text must quote a value so that YAML reads it back as it was. */
export function isText(schema: Schema): boolean {
  const types = typesOf(schema);
  return types.includes('string') && !types.includes('number') && !types.includes('integer');
}
