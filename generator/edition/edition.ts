import { NO_VALUES, type Entry } from '../check/entry.ts';

/** A chart with a name and defaults of its own, from the same model and the same templates. */
export interface Edition {
  readonly name: string;
  /** Undefined: the version of this package. */
  readonly version: string | undefined;
  /** What its defaults say beyond, or in place of, those of schema/defaults.ts. */
  readonly overrides: Entry;
  /** What a person edits to change the defaults. */
  readonly source: string;
}

/** The name that templates are written with. */
export const OWN_NAME = 'mysql-sts';

/** Whether an edition is a version of this project's own chart, whose history CHANGELOG.md tells. */
export function isOwnRelease({ name, version }: Edition): boolean {
  return name === OWN_NAME && version === undefined;
}

/** The chart as this project publishes it. */
export const OWN_EDITION: Edition = {
  name: OWN_NAME,
  version: undefined,
  overrides: NO_VALUES,
  source: 'schema/',
};
