import { allowedValues, constraintText, typeText } from './constraints.ts';
import { dereference, isObject, typesOf, type Schema } from './json-schema.ts';
import { keyOf, type Model, type ModelNode } from './model.ts';
import type { Rule } from '../schema/rules.ts';

/** What there is to say about one value or a group of them. */
export interface Explanation {
  readonly path: string;
  readonly kind: 'section' | 'value';
  readonly type: string;
  readonly description: string;
  /** Undefined for a group, and for a value that has none. */
  readonly default: unknown;
  readonly allowed: readonly string[];
  /** Range, pattern or length, in words. */
  readonly constraint: string;
  /** Values that must fit together with it. */
  readonly together: readonly string[];
  readonly children: readonly Explanation[];
}

/** What the model says at a path, and one level below it; undefined when there is nothing. */
export function explain(model: Model, rules: readonly Rule[], path: string): Explanation | undefined {
  const keys = path.replaceAll(/\[\w*\]/g, '').split('.').filter((key) => key !== '');
  const node = nodeAt(model.root, keys);
  if (node === undefined) return undefined;
  const depth = node.path === '' ? 0 : node.path.split('.').length;
  const rest = keys.slice(depth);
  if (rest.length === 0) return withRules(explainNode(node, model, 1), rules);
  if (node.kind === 'section') return undefined;
  return explainBelow(node.path, node.schema, model, rest, node.fallback);
}

/** The node at a path, or the value on the way to it whose inside the model does not list. */
function nodeAt(node: ModelNode, keys: readonly string[]): ModelNode | undefined {
  const [key, ...rest] = keys;
  if (key === undefined || node.kind === 'leaf') return node;
  const child = node.children.find((candidate) => keyOf(candidate) === key);
  return child === undefined ? undefined : nodeAt(child, rest);
}

function explainNode(node: ModelNode, model: Model, depth: number): Explanation {
  if (node.kind === 'leaf') return explainSchema(node.path, node.schema, model, node.fallback, depth);
  return {
    path: node.path,
    kind: 'section',
    type: 'section',
    description: node.description,
    default: undefined,
    allowed: [],
    constraint: '',
    together: [],
    children: depth === 0 ? [] : node.children.map((child) => explainNode(child, model, depth - 1)),
  };
}

function explainSchema(path: string, schema: Schema, model: Model, fallback: unknown, depth: number): Explanation {
  const allowed = allowedValues(schema);
  const inside = insideOf(schema, model.schema);
  const fields = depth === 0 ? [] : Object.entries(inside.properties ?? {});
  return {
    path,
    kind: 'value',
    type: listText(schema, model.schema) || typeText(schema) || 'any',
    description: schema.description ?? '',
    default: fallback,
    allowed,
    constraint: allowed.length > 0 ? '' : constraintText(schema).replaceAll('`', ''),
    together: [],
    children: fields.map(([key, field]) => {
      const value = isObject(fallback) ? fallback[key] : undefined;
      return explainSchema(`${path}.${key}`, dereference(field, model.schema), model, value, depth - 1);
    }),
  };
}

/** Follows keys into a map, a list's items or an object of Kubernetes. */
function explainBelow(
  path: string,
  schema: Schema,
  model: Model,
  keys: readonly string[],
  fallback: unknown,
): Explanation | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return explainSchema(path, schema, model, fallback, 1);
  const inside = insideOf(schema, model.schema);
  const members = [...Object.values(inside.patternProperties ?? {}), inside.additionalProperties];
  const field = inside.properties?.[key] ?? members.find((member) => typeof member === 'object');
  if (typeof field !== 'object') return undefined;
  const value = isObject(fallback) ? fallback[key] : undefined;
  return explainBelow(`${path}.${key}`, dereference(field, model.schema), model, rest, value);
}

/** A list is explained by its items. */
function insideOf(schema: Schema, document: Schema): Schema {
  return schema.items === undefined ? schema : dereference(schema.items, document);
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
