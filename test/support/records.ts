/** What runs have found, in a file of the project: a run that is cut off loses nothing, and goes on elsewhere. */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** When and where an entry was made. */
export interface Provenance {
  readonly date: string;
  readonly commit: string;
  /** Names all that decided it. */
  readonly digest: string;
}

/** What is known of the entries of one kind. */
export interface Kind<T> {
  readonly is: (value: unknown) => value is T;
  /** Entries of one name replace each other. */
  readonly nameOf: (entry: T) => string;
}

/** The entries of one file, one a name. */
export class Records<T extends Provenance> {
  readonly #file: string;
  readonly #kind: Kind<T>;

  constructor(file: string, kind: Kind<T>) {
    this.#file = file;
    this.#kind = kind;
  }

  /** All entries in the order of their names. */
  read(): readonly T[] {
    if (!existsSync(this.#file)) return [];
    const content: unknown = JSON.parse(readFileSync(this.#file, 'utf8'));
    if (!Array.isArray(content) || !content.every(this.#kind.is)) {
      throw new Error(`${this.#file} holds something else than what the runs write. Restore it from git, or remove it to begin anew.`);
    }
    return content;
  }

  /** Enters something in place of an earlier entry of its name; whoever is killed meanwhile leaves the file as it was. */
  enter(entry: T): void {
    const { nameOf } = this.#kind;
    const others = this.read().filter((other) => nameOf(other) !== nameOf(entry));
    const all = [...others, entry].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(`${this.#file}.part`, `${JSON.stringify(all, undefined, 2)}\n`);
    renameSync(`${this.#file}.part`, this.#file);
  }
}

/** Whether a value has these fields, of these types. */
export function hasFields(value: unknown, fields: Readonly<Record<string, 'string' | 'number' | 'boolean'>>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const found = new Map<string, unknown>(Object.entries(value));
  return Object.entries(fields).every(([name, type]) => typeof found.get(name) === type);
}

/** The fields of a provenance. */
export const PROVENANCE_FIELDS = { date: 'string', commit: 'string', digest: 'string' } as const;
