/** What the steps of a scenario about one release share. */

import type { Overrides, Release } from './release.ts';

/** The values of the release, and the release once a step has installed it. */
export class Course {
  readonly values: Overrides;
  #release: Release | undefined;

  constructor(values: Overrides) {
    this.values = values;
  }

  get release(): Release {
    if (this.#release === undefined) throw new Error('The release was not installed.');
    return this.#release;
  }

  set release(release: Release) {
    this.#release = release;
  }
}
