import type { Rule } from '../../schema/rule.ts';
import { choicesOf, type Choice } from './choices.ts';
import { constraintText, typeText } from './constraints.ts';
import { dereference, isObject, typesOf, type Schema } from './json-schema.ts';
import { itemsOrSelf, keyOf, memberSchema, schemaAt, type Leaf, type Model, type ModelNode } from './model.ts';

/** What there is to say about one value or a group of them. */
export interface Explanation {
  readonly path: string;
  readonly kind: 'section' | 'value';
  readonly type: string;
  readonly description: string;
  /** Undefined for a group, and for a value that has none. */
  readonly default: unknown;
  readonly allowed: readonly Choice[];
  /** Range, pattern or length, in words. */
  readonly constraint: string;
  /** What to use instead; empty for a value that stays. */
  readonly deprecated: string;
  /** Values that must fit together with it. */
  readonly together: readonly string[];
  readonly children: readonly Explanation[];
}

/** All that explanations are made from. */
export interface Explained {
  readonly model: Model;
  /** The model's schema with what only people read, and with Kubernetes' own types in full. */
  readonly people: Schema;
  readonly rules: readonly Rule[];
}

/** What there is to say of a path, and one level below it; undefined when there is nothing. */
export function explain({ model, people, rules }: Explained, path: string): Explanation | undefined {
  const keys = path
    .replaceAll(/\[\w*\]/g, '')
    .split('.')
    .filter((key) => key !== '');
  const node = nodeAt(model.root, keys);
  if (node === undefined) return undefined;
  const depth = node.path === '' ? 0 : node.path.split('.').length;
  const rest = keys.slice(depth);
  if (rest.length === 0) return withRules(explainNode(node, people, 1), rules);
  if (node.kind === 'section') return undefined;
  return explainBelow(node.path, peopleSchemaOf(node, people), people, rest, node.fallback);
}

/** The node at a path, or the value on the way to it whose inside the model does not list. */
function nodeAt(node: ModelNode, keys: readonly string[]): ModelNode | undefined {
  const [key, ...rest] = keys;
  if (key === undefined || node.kind === 'leaf') return node;
  const child = node.children.find((candidate) => keyOf(candidate) === key);
  return child === undefined ? undefined : nodeAt(child, rest);
}

function explainNode(node: ModelNode, people: Schema, depth: number): Explanation {
  if (node.kind === 'leaf') return explainSchema(node.path, peopleSchemaOf(node, people), people, node.fallback, depth);
  return {
    path: node.path,
    kind: 'section',
    type: 'section',
    description: node.description,
    default: undefined,
    allowed: [],
    constraint: '',
    deprecated: '',
    together: [],
    children: depth === 0 ? [] : node.children.map((child) => explainNode(child, people, depth - 1)),
  };
}

/** Charts of old versions may have less for people than for Helm. */
function peopleSchemaOf({ path, schema }: Leaf, people: Schema): Schema {
  return schemaAt(people, path) ?? schema;
}

function explainSchema(path: string, schema: Schema, people: Schema, fallback: unknown, depth: number): Explanation {
  const allowed = choicesOf(schema);
  const fields = depth === 0 ? [] : Object.entries(itemsOrSelf(schema, people).properties ?? {});
  return {
    path,
    kind: 'value',
    type: listText(schema, people) || typeText(schema) || 'any',
    description: schema.description ?? '',
    default: fallback,
    allowed,
    constraint: allowed.length > 0 ? '' : constraintText(schema).replaceAll('`', ''),
    deprecated: schema.deprecated ?? '',
    together: [],
    children: fields.map(([key, field]) => {
      const value = isObject(fallback) ? fallback[key] : undefined;
      return explainSchema(`${path}.${key}`, dereference(field, people), people, value, depth - 1);
    }),
  };
}

/** Follows keys into a map, a list's items or an object of Kubernetes. */
function explainBelow(path: string, schema: Schema, people: Schema, keys: readonly string[], fallback: unknown): Explanation | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return explainSchema(path, schema, people, fallback, 1);
  const member = memberSchema(schema, key, people);
  const value = isObject(fallback) ? fallback[key] : undefined;
  return member && explainBelow(`${path}.${key}`, member, people, rest, value);
}

function listText(schema: Schema, document: Schema): string {
  if (schema.items === undefined) return '';
  const item = dereference(schema.items, document);
  return typesOf(item).length === 0 ? 'list' : `list of ${typeText(item)}`;
}

function withRules(explanation: Explanation, rules: readonly Rule[]): Explanation {
  const related = rules
    .map((rule): readonly string[] => rule.paths)
    .filter((paths) => paths.includes(explanation.path))
    .flat()
    .filter((path) => path !== explanation.path);
  return { ...explanation, together: [...new Set(related)] };
}
