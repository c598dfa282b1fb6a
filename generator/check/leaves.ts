import type { Entry } from './entry.ts';

/** A value that is no map, or a map without keys, and its place in the tree. */
export interface LeafEntry {
  readonly keys: readonly string[];
  readonly entry: Entry;
}

/** All values of a tree. Lists are one value. */
export function leafEntries(entry: Entry, above: readonly string[] = []): readonly LeafEntry[] {
  const { content } = entry;
  if (content.kind !== 'map' || content.entries.size === 0) return above.length === 0 ? [] : [{ keys: above, entry }];
  return [...content.entries].flatMap(([key, child]) => leafEntries(child, [...above, key]));
}

/** The entry at a place, if somebody wrote it. */
export function entryAt(root: Entry, keys: readonly string[]): Entry | undefined {
  let entry: Entry | undefined = root;
  for (const key of keys) entry = entry?.content.kind === 'map' ? entry.content.entries.get(key) : undefined;
  return entry;
}
