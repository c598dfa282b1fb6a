/** Whose values a file has. */
import { ORIGINS } from './origins.ts';
import { keysOf, leadsTo, rowKeys, rowsFor } from './paths.ts';
import type { Origin } from './row.ts';

/** What is known of a file. */
export interface Features {
  /** The keys of every value in it. */
  readonly leaves: readonly (readonly string[])[];
  /** Whether our chart has such a value. */
  readonly isOurs: (keys: readonly string[]) => boolean;
  /** Its name and text, whose words tell two charts apart that have the same values. */
  readonly text: string;
}

/** A key that shows whose values these are. */
export interface Mark {
  readonly title: string;
  readonly keys: readonly string[];
}

export type Recognition =
  | { readonly kind: 'one'; readonly origin: Origin; readonly mark: Mark }
  /** It is one of these; nothing in it says which. */
  | { readonly kind: 'unclear'; readonly origins: readonly Origin[]; readonly mark: Mark }
  /** Values of two charts in one file. */
  | { readonly kind: 'several'; readonly marks: readonly [Mark, Mark] }
  /** Our own values, or nobody's. */
  | { readonly kind: 'none'; readonly hasOurs: boolean };

/** Foreign values that a file must have, so that it counts as another chart's although none of them is that chart's alone. */
const ENOUGH = 2;

/** Finds the origin of values. */
export function recognise(features: Features): Recognition {
  const { leaves, isOurs } = features;
  const foreign = leaves.filter((keys) => !isOurs(keys));
  const marks = ORIGINS.flatMap((origin) => markOf(origin, foreign));
  const first = marks[0];
  const other = marks.find(({ origin }) => origin.marks !== first?.origin.marks);
  if (first !== undefined && other !== undefined) return { kind: 'several', marks: [first.mark, other.mark] };
  const candidates = first === undefined ? likeliestOrigins(foreign) : marks.map(({ origin }) => origin);
  const ownKeys = leaves.find(
    (keys) => isOwn(keys, features) && !candidates.some((origin) => hasSection(origin, keys) && (!isOurs(keys) || knows(origin, keys))),
  );
  if (first !== undefined && ownKeys !== undefined) return { kind: 'several', marks: [first.mark, { title: 'this chart', keys: ownKeys }] };
  const sole = clearest(candidates, features.text);
  if (candidates.length === 0 || ownKeys !== undefined) return { kind: 'none', hasOurs: ownKeys !== undefined };
  const mark = first?.mark ?? { title: candidates[0]?.title ?? '', keys: foreign[0] ?? [] };
  return sole === undefined ? { kind: 'unclear', origins: candidates, mark } : { kind: 'one', origin: sole, mark };
}

/** Whether a value is ours, or stands, misspelt, in a section of ours. */
function isOwn(keys: readonly string[], { isOurs }: Features): boolean {
  return isOurs(keys) || (keys.length > 1 && isOurs(keys.slice(0, 1)));
}

function hasSection({ rows }: Origin, [first]: readonly string[]): boolean {
  return rows.some((row) => rowKeys(row)[0] === first);
}

/** Whether an origin has a value at a place. */
export function knows({ rows }: Origin, keys: readonly string[]): boolean {
  return rowsFor(rows, keys).length > 0;
}

function markOf(origin: Origin, foreign: Features['leaves']): readonly { readonly origin: Origin; readonly mark: Mark }[] {
  const present = origin.marks.map(keysOf).find((keys) => foreign.some((leaf) => leadsTo(keys, leaf)));
  return present === undefined ? [] : [{ origin, mark: { title: origin.title, keys: present } }];
}

/** Those that know the most of what a file has, if that is enough. */
function likeliestOrigins(foreign: Features['leaves']): readonly Origin[] {
  const scores = ORIGINS.filter(({ shape }) => shape === 'values').map((origin) => ({
    origin,
    known: foreign.filter((keys) => knows(origin, keys)).length,
  }));
  const best = Math.max(...scores.map(({ known }) => known));
  return best < ENOUGH ? [] : scores.filter(({ known }) => known === best).map(({ origin }) => origin);
}

const MARIADB = /mariadb|\btag: *["']?1[0-2]\./gi;
const MYSQL = /bitnami\w*\/mysql\b|mysqlx|startdbScripts|authenticationPolicy|createDatabase|\btag: *["']?(?:5\.[67]|8\.|9\.)/gi;

/** How much oftener one server must be named than the other, which may stand in a comment. */
const MUCH_OFTENER = 5;

/** The one that the words of the file speak of. */
function clearest(candidates: readonly Origin[], text: string): Origin | undefined {
  if (candidates.length === 1) return candidates[0];
  const counts = { mariadb: text.match(MARIADB)?.length ?? 0, mysql: text.match(MYSQL)?.length ?? 0 };
  const word = counts.mariadb > counts.mysql * MUCH_OFTENER ? 'mariadb' : counts.mysql > counts.mariadb * MUCH_OFTENER ? 'mysql' : '';
  const spoken = candidates.filter((origin) => origin.word === word);
  return spoken.length === 1 ? spoken[0] : undefined;
}
