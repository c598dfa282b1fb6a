/**
 * A suite on the cluster: steps that build on each other in a namespace of their own, each of which ends with the same
 * check of all releases.
 */

import { suite } from 'uvu';
import type { EngineName } from '../../../schema/engines.ts';
import { chartAccess } from './access.ts';
import { printAutopsy } from './autopsy.ts';
import { checkSameEverywhere } from './compare.ts';
import { engineNamed } from './engines.ts';
import { makeNamespace, removeLeftovers, removeNamespace, type PodSecurity } from './namespaces.ts';
import { elapsed, say, stopwatch } from './progress.ts';
import { install, uninstall, type Overrides, type Release } from './release.ts';

/** What the steps of a scenario share. */
export class World {
  readonly namespace: string;
  readonly #releases = new Set<Release>();

  constructor(namespace: string) {
    this.namespace = namespace;
  }

  /** Installs a release, waits until it is Ready, and checks it at the end of this step and of all that follow. */
  async install(name: string, values?: Overrides, files?: readonly string[]): Promise<Release> {
    const release = await install(this.namespace, name, values, files);
    this.#releases.add(release);
    return release;
  }

  /** Removes a release for good; its claims stay. */
  async uninstall(release: Release): Promise<void> {
    this.#releases.delete(release);
    await uninstall(release);
  }

  /** Checks a release that something else than this class has installed. */
  adopt(release: Release): Release {
    this.#releases.add(release);
    return release;
  }

  /** The same release on another engine, to which it was upgraded. */
  upgraded(release: Release, engine: EngineName): Release {
    this.#releases.delete(release);
    const { namespace, name, fullname } = release;
    const row = engineNamed(engine);
    return this.adopt({ ...release, engine: row, access: chartAccess(namespace, name, fullname, row) });
  }

  /** Says that a release is broken on purpose, so that there is nothing left to compare. */
  expectBroken(release: Release): void {
    this.#releases.delete(release);
  }

  /** Compares all pods of all releases. */
  async check(): Promise<void> {
    for (const release of this.#releases) await checkSameEverywhere(release);
  }
}

/** Adds a step to a scenario; what is to be noted once it has passed, the check at its end included, comes last. */
export type Step = (name: string, work: (world: World) => Promise<void>, passed?: () => void) => void;

/** Set, it leaves the namespace of a failed scenario as it is. */
const KEEP = 'KEEP_FAILED';

/** Makes a suite of steps. The name is also the beginning of the namespace's, which permits what the level of Pod Security does. */
export function scenario(name: string, define: (step: Step) => void, level: PodSecurity = 'restricted'): void {
  const test = suite(name);
  const [state, seconds] = [{ failed: false }, stopwatch()];
  let world = new World('');

  test.before(async () => {
    say('');
    await removeLeftovers();
    world = new World(await makeNamespace(`e2e-${name}`, level));
  });
  test.after(async () => {
    if (state.failed && process.env[KEEP] !== undefined) {
      say(`Namespace ${world.namespace} is kept as it is, since ${KEEP} is set.`);
    } else {
      await removeNamespace(world.namespace);
    }
    say(`${elapsed(seconds())}  suite ${name} with its clean-up`);
  });
  define((title, work, passed) => {
    test(title, () =>
      runStep(
        title,
        state,
        async () => {
          await work(world);
          await world.check();
          passed?.();
        },
        () => printAutopsy(world.namespace),
      ),
    );
  });
  test.run();
}

/** Runs a step and tells its time; the first that fails is explained, and those after it are not tried. */
async function runStep(title: string, state: { failed: boolean }, work: () => Promise<void>, explain: () => Promise<void>): Promise<void> {
  if (state.failed) throw new Error('This step was not run, since one before it failed.');
  const seconds = stopwatch();
  say(`\n   ···  ${title}`);
  try {
    await work();
    say(`${elapsed(seconds())}  ${title}: done`);
  } catch (error) {
    state.failed = true;
    say(`${elapsed(seconds())}  ${title}: FAILED\n${String(error)}`);
    await explain();
    throw error;
  }
}
