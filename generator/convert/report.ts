/** What is told of a conversion. */
import type { Place } from '../check/place.ts';
import type { OriginName, Target } from '../origins/row.ts';

/**
 * What became of a key: it is somewhere else, or nowhere because nothing is lost (`dropped`), because the chart does not do that
 * (`lacking`), because it must not be in a file (`secret`), or because the old chart has no such key either (`unknown`). What the file
 * left to the old chart's defaults has moved, too (`default`).
 */
export type Verdict = 'moved' | 'default' | 'dropped' | 'lacking' | 'secret' | 'unknown';

/** One line of the table. */
export interface Translated {
  readonly from: string;
  readonly verdict: Verdict;
  readonly to: readonly Target[];
  /** Why, or what a person must know; a text of sentences that may be empty. */
  readonly sentence: string;
  /** Without the line itself, which may hold a password. */
  readonly place: Pick<Place, 'file' | 'line' | 'column'> | undefined;
}

/** A key of a Secret that somebody must make. */
export interface SecretKey {
  readonly key: string;
  /** What its password is, as a phrase. */
  readonly holds: string;
  /** Whether the old release has this password already. */
  readonly isOld: boolean;
}

/** A Secret that somebody must make or complete before the install. */
export interface SecretToMake {
  readonly name: string;
  /** Whether it is there and lacks some keys. */
  readonly exists: boolean;
  readonly keys: readonly SecretKey[];
}

/** A file of our values, and where everything in it comes from. */
export interface Conversion {
  readonly origin: OriginName;
  readonly title: string;
  readonly wrapping: string;
  /** The values file. */
  readonly text: string;
  readonly rows: readonly Translated[];
  readonly secret: SecretToMake | undefined;
}
