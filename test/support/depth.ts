import { dereference, isObject, typesOf, type Schema } from '../../generator/model/json-schema.ts';
import { leavesOf, type Leaf, type Model } from '../../generator/model/model.ts';

/** How much a schema says. */
export interface Depth {
  readonly leaves: number;
  readonly described: readonly Leaf[];
  /** Leaves of Kubernetes' own types, which Kubernetes checks. */
  readonly kubernetes: readonly Leaf[];
  /** Our leaves that are not booleans: those that a constraint could say more about. */
  readonly constrainable: readonly Leaf[];
  readonly constrained: readonly Leaf[];
  /** Those with a constraint of their own, not of what their map or list holds. */
  readonly directly: readonly Leaf[];
  /** Objects whose keys may be anything, with the reason that they carry. */
  readonly open: readonly OpenObject[];
}

export interface OpenObject {
  readonly name: string;
  readonly reason: OpenReason | undefined;
}

export type OpenReason = 'a type of Kubernetes' | 'a map with typed values' | 'globals of a parent chart';

/** Keywords that say more than a type. */
const CONSTRAINTS: readonly (keyof Schema)[] = [
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'multipleOf',
];

/** Words that a sentence needs whatever it says. */
const FILLERS = new Set(
  'a an and are as at be by for from in is it its not of on or that the their this to what which whether with'.split(' '),
);

/** Counts what the schema of a model says of its values. */
export function depthOf(model: Model): Depth {
  const leaves = leavesOf(model.root);
  const kubernetes = leaves.filter((leaf) => isKubernetes(leaf.schema) || isKubernetes(leaf.items));
  const constrainable = leaves.filter((leaf) => !typesOf(leaf.schema).includes('boolean') && !kubernetes.includes(leaf));
  return {
    leaves: leaves.length,
    described: leaves.filter(saysMoreThanItsKey),
    kubernetes,
    constrainable,
    constrained: constrainable.filter((leaf) => isConstrained(leaf.schema, model.schema)),
    directly: constrainable.filter((leaf) => hasConstraint(leaf.schema)),
    open: openObjects(model.schema),
  };
}

const hasConstraint = (schema: Schema): boolean => CONSTRAINTS.some((keyword) => schema[keyword] !== undefined);
const isKubernetes = (schema: Schema): boolean => schema.kubernetes !== undefined;

/** A sentence of which at least three words that matter are not in the value's path. */
export function saysMoreThanItsKey({ path, description }: Leaf): boolean {
  const known = new Set(path.split(/[.]|(?=[A-Z])/).map((word) => word.toLowerCase()));
  const words = description.toLowerCase().match(/[a-z]+/g) ?? [];
  const news = words.filter((word) => !FILLERS.has(word) && !known.has(word) && !known.has(word.replace(/s$/, '')));
  return /^[A-Z`].*\.$/s.test(description) && new Set(news).size >= 3;
}

/** Whether a value, or what its map or list holds, is more than of a type. Closed objects are what they list. */
function isConstrained(given: Schema, document: Schema): boolean {
  const schema = dereference(given, document);
  if (hasConstraint(schema)) return true;
  if (schema.patternProperties !== undefined) return true;
  if (schema.anyOf !== undefined) return schema.anyOf.every((part) => isConstrained(part, document));
  if (schema.items !== undefined) return isConstrained(schema.items, document);
  if (isObject(schema.additionalProperties)) return isConstrained(schema.additionalProperties, document);
  const members = Object.values(schema.properties ?? {});
  return members.length > 0 && members.every((member) => isConstrained(member, document));
}

/** All objects of a document that accept keys which it does not list. */
function openObjects(document: Schema): readonly OpenObject[] {
  const objects = Object.entries({ ...document.definitions, Values: document });
  return objects
    .filter(([, schema]) => typesOf(schema).includes('object') && isOpen(schema))
    .map(([name, schema]) => ({ name, reason: reasonOf(name, schema) }));
}

function isOpen(schema: Schema): boolean {
  return schema.additionalProperties !== false || schema.patternProperties !== undefined;
}

function reasonOf(name: string, schema: Schema): OpenReason | undefined {
  if (name === 'GlobalValues') return 'globals of a parent chart';
  if (schema.kubernetes !== undefined || name === 'KubernetesObject') return 'a type of Kubernetes';
  const members = [...Object.values(schema.patternProperties ?? {}), schema.additionalProperties].filter(isObject);
  return members.length > 0 && members.every((member) => 'type' in member) ? 'a map with typed values' : undefined;
}
