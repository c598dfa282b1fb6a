import { closest, distance } from 'fastest-levenshtein';
import { dereference, type Schema } from '../model/json-schema.ts';

/** The word that a misspelt one was probably meant to be. */
export function likeliest(word: string, words: readonly string[]): string | undefined {
  const sameLetters = words.find((other) => other.toLowerCase() === word.toLowerCase());
  if (sameLetters !== undefined || words.length === 0) return sameLetters;
  const nearest = closest(word, words);
  if (distance(word, nearest) <= Math.max(1, Math.floor(word.length / 3))) return nearest;
  return words.find((other) => sharedBeginning(word, other) >= Math.max(4, 0.7 * Math.min(word.length, other.length)));
}

/** Where in the whole tree a key has its place, when it stands in the wrong one. */
export function pathsOfKey(key: string, document: Schema): readonly string[] {
  const wanted = key.toLowerCase();
  return propertyPaths(document, document, '').filter((path) => path.slice(path.lastIndexOf('.') + 1).toLowerCase() === wanted);
}

/** The paths of all properties that a schema names in closed objects. */
export function propertyPaths(schema: Schema, document: Schema, above: string): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    const path = above === '' ? key : `${above}.${key}`;
    const resolved = dereference(child, document);
    return [path, ...(resolved.additionalProperties === false ? propertyPaths(resolved, document, path) : [])];
  });
}

function sharedBeginning(left: string, right: string): number {
  const letters = Array.from(left);
  const end = letters.findIndex((letter, index) => letter !== right[index]);
  return end === -1 ? letters.length : end;
}
