/**
 * Conditions between values, as data: the generator prints them as Helm templates and evaluates them itself, so that
 * both always agree.
 */
import type { Values } from './values.ts';

/** The dotted paths of a type; maps, lists and Kubernetes' objects end a path. */
type PathsOf<T> = {
  [K in keyof T & string]: EndsPath<NonNullable<T[K]>> extends true ? K : K | `${K}.${PathsOf<NonNullable<T[K]>>}`;
}[keyof T & string];

type EndsPath<T> = T extends string | number | boolean | readonly unknown[] ? true : string extends keyof T ? true : false;

/** A path that the model has. A misspelt one does not compile. */
export type ValuesPath = PathsOf<Values>;

/** What a condition or a sentence looks at. */
export type Operand =
  | { readonly kind: 'value'; readonly path: ValuesPath }
  /** The clone methods of the chosen engine, as a list. */
  | { readonly kind: 'engineMethods' }
  /** What the version of an image's content must begin with. */
  | { readonly kind: 'series'; readonly image: ImageRole }
  /** What the wrong items have in the field, joined by commas. */
  | { readonly kind: 'items'; readonly condition: ItemCondition };

/** The two images of a pod. */
export type ImageRole = 'server' | 'clone';

export type Condition =
  | { readonly kind: 'all'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'any'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'empty'; readonly path: ValuesPath }
  /** Whether a map has one of the keys. */
  | { readonly kind: 'hasKey'; readonly path: ValuesPath; readonly keys: readonly string[] }
  | { readonly kind: 'oneOf'; readonly path: ValuesPath; readonly constants: readonly string[] }
  /** Whether a number is less than a limit. */
  | { readonly kind: 'below'; readonly path: ValuesPath; readonly limit: number }
  | { readonly kind: 'less'; readonly left: ValuesPath; readonly right: ValuesPath }
  /** Whether one length of time is less than another. */
  | { readonly kind: 'shorter'; readonly left: ValuesPath; readonly right: ValuesPath }
  | { readonly kind: 'matches'; readonly path: ValuesPath; readonly pattern: string }
  | { readonly kind: 'offered'; readonly path: ValuesPath }
  | { readonly kind: 'ofSeries'; readonly path: ValuesPath; readonly image: ImageRole }
  /** Whether more of a resource is requested than the limit allows. */
  | { readonly kind: 'exceeds'; readonly path: ValuesPath }
  | ItemCondition;

/**
 * Whether some items of a list are wrong. A field is a dotted path inside the items, lists on the way included; empty for the items
 * themselves.
 */
export type ItemCondition =
  | { readonly kind: 'itemMatches'; readonly path: ValuesPath; readonly field: string; readonly pattern: string }
  | { readonly kind: 'itemTwice'; readonly path: ValuesPath; readonly field: string }
  /** Whether a field names what is neither in a list of names nor the name of an item of another list. */
  | {
      readonly kind: 'itemNowhere';
      readonly path: ValuesPath;
      readonly field: string;
      readonly names: readonly string[];
      readonly others: ValuesPath;
    }
  /** Whether an item is an empty map. */
  | { readonly kind: 'itemEmpty'; readonly path: ValuesPath };

/** Text with values in it. */
export type Sentence = readonly (string | Operand)[];

export const all = (...conditions: readonly Condition[]): Condition => ({ kind: 'all', conditions });
export const any = (...conditions: readonly Condition[]): Condition => ({ kind: 'any', conditions });
export const not = (condition: Condition): Condition => ({ kind: 'not', condition });
export const isEmpty = (path: ValuesPath): Condition => ({ kind: 'empty', path });
export const isSet = (path: ValuesPath): Condition => not(isEmpty(path));
export const is = (path: ValuesPath, ...constants: readonly string[]): Condition => ({
  kind: 'oneOf',
  path,
  constants,
});
export const hasKey = (path: ValuesPath, ...keys: readonly string[]): Condition => ({ kind: 'hasKey', path, keys });
export const isBelow = (path: ValuesPath, limit: number): Condition => ({ kind: 'below', path, limit });
export const isLess = (left: ValuesPath, right: ValuesPath): Condition => ({ kind: 'less', left, right });
export const isShorter = (left: ValuesPath, right: ValuesPath): Condition => ({ kind: 'shorter', left, right });
/** The pattern is RE2's, since Helm evaluates it too. */
export const matches = (path: ValuesPath, pattern: string): Condition => ({ kind: 'matches', path, pattern });
/** Whether the chosen engine has the clone method that the value names. */
export const isOffered = (path: ValuesPath): Condition => ({ kind: 'offered', path });
/** Whether the version in a tag is one that the chosen engine, and for the tool the method, works with. */
export const isOfSeries = (path: ValuesPath, image: ImageRole): Condition => ({ kind: 'ofSeries', path, image });

/** Whether more of a resource is requested than the limit allows. */
export const exceeds = (path: ValuesPath): Condition => ({ kind: 'exceeds', path });
/** The pattern is RE2's. */
export const itemMatches = (path: ValuesPath, field: string, pattern: string): ItemCondition => ({
  kind: 'itemMatches',
  path,
  field,
  pattern,
});
export const itemTwice = (path: ValuesPath, field: string): ItemCondition => ({ kind: 'itemTwice', path, field });
export const itemNowhere = (path: ValuesPath, field: string, names: readonly string[], others: ValuesPath): ItemCondition => ({
  kind: 'itemNowhere',
  path,
  field,
  names,
  others,
});
export const itemEmpty = (path: ValuesPath): ItemCondition => ({ kind: 'itemEmpty', path });

/** The items that make a condition true, inside a {@link say}. */
export const items = (condition: ItemCondition): Operand => ({ kind: 'items', condition });

/** The value behind a path, inside a {@link say}. */
export const value = (path: ValuesPath): Operand => ({ kind: 'value', path });
export const ENGINE_METHODS: Operand = { kind: 'engineMethods' };
/** The series that an image must be of, inside a {@link say}. */
export const series = (image: ImageRole): Operand => ({ kind: 'series', image });

/** A sentence with values in it, written as a template literal. */
export function say(words: TemplateStringsArray, ...operands: readonly Operand[]): Sentence {
  return words.flatMap((text, index) => {
    const operand = operands[index];
    return operand === undefined ? [text] : [text, operand];
  });
}
