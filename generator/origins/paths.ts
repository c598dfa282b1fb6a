/** Paths of other charts' values: keys with dots between them, and in brackets what has dots itself. */
import type { Row } from './row.ts';

const KEY = /\[([^\]]+)\]|([^.[\]]+)/g;

/** The keys of a path. */
export function keysOf(path: string): readonly string[] {
  return [...path.matchAll(KEY)].map(([, bracketed, plain]) => bracketed ?? plain ?? '');
}

/** Keys as a path of the table. */
export function pathOf(keys: readonly string[]): string {
  return keys.map((key, index) => (key.includes('.') ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}

/** Whether one path leads to the other or to something below it. */
export function leadsTo(above: readonly string[], keys: readonly string[]): boolean {
  return above.length <= keys.length && above.every((key, index) => keys[index] === key);
}

/** Files have many keys, and each is looked for in all rows. */
const KEYS = new WeakMap<Row, readonly string[]>();

/** The keys that a row is about. */
export function rowKeys(row: Row): readonly string[] {
  const known = KEYS.get(row) ?? keysOf(row.from);
  KEYS.set(row, known);
  return known;
}

/** The rows that speak of a place, the closest ones; several differ in their conditions. */
export function rowsFor(rows: readonly Row[], keys: readonly string[]): readonly Row[] {
  const fitting = rows.filter((row) => leadsTo(rowKeys(row), keys));
  const longest = Math.max(0, ...fitting.map((row) => rowKeys(row).length));
  return fitting.filter((row) => rowKeys(row).length === longest);
}
