/**
 * Values with the places that they come from. Helm merges several files into one tree; here each value of that tree
 * still knows its file, so that a mistake is shown where a person made it.
 */
import { isObject } from '../model/json-schema.ts';

import type { Span } from './place.ts';

/** One value. Those that come from a program instead of a text have no spans. */
export interface Entry {
  readonly content: Content;
  /** Where the key is, or the item of a list. */
  readonly keySpan: Span | undefined;
  readonly valueSpan: Span | undefined;
}

export type Content =
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Entry> }
  | { readonly kind: 'list'; readonly items: readonly Entry[] }
  | { readonly kind: 'scalar'; readonly value: unknown };

/** No values at all, as an empty file has them. */
export const NO_VALUES: Entry = {
  content: { kind: 'map', entries: new Map() },
  keySpan: undefined,
  valueSpan: undefined,
};

/** Lays the later values over the earlier ones as `helm -f a -f b` does: maps key by key, anything else as a whole. */
export function mergeEntries(earlier: Entry, later: Entry): Entry {
  if (earlier.content.kind !== 'map' || later.content.kind !== 'map') return later;
  const entries = new Map(earlier.content.entries);
  for (const [key, entry] of later.content.entries) {
    const below = entries.get(key);
    entries.set(key, below === undefined ? entry : mergeEntries(below, entry));
  }
  return { ...later, content: { kind: 'map', entries } };
}

/** The values without their places. */
export function plainValue({ content }: Entry): unknown {
  switch (content.kind) {
    case 'map':
      return Object.fromEntries([...content.entries].map(([key, entry]) => [key, plainValue(entry)]));
    case 'list':
      return content.items.map(plainValue);
    case 'scalar':
      return content.value;
  }
}

/** Values of a program, which have no spans. */
export function entryOf(value: unknown): Entry {
  const spans = { keySpan: undefined, valueSpan: undefined };
  if (Array.isArray(value)) return { ...spans, content: { kind: 'list', items: value.map(entryOf) } };
  if (!isObject(value)) return { ...spans, content: { kind: 'scalar', value } };
  const entries = new Map(Object.entries(value).map(([key, member]) => [key, entryOf(member)]));
  return { ...spans, content: { kind: 'map', entries } };
}

/** The entry at a path, or the deepest one above it that somebody wrote. */
export function nearestEntry(root: Entry, path: readonly string[]): { entry: Entry; isExact: boolean } {
  let entry = root;
  for (const key of path) {
    const child = childOf(entry, key);
    if (child === undefined) return { entry, isExact: false };
    entry = child;
  }
  return { entry, isExact: true };
}

/** How many values somebody set. */
export function countLeaves({ content }: Entry): number {
  if (content.kind !== 'map' || content.entries.size === 0) return 1;
  return [...content.entries.values()].reduce((sum, entry) => sum + countLeaves(entry), 0);
}

function childOf({ content }: Entry, key: string): Entry | undefined {
  switch (content.kind) {
    case 'map':
      return content.entries.get(key);
    case 'list':
      return content.items[Number(key)];
    case 'scalar':
      return undefined;
  }
}
