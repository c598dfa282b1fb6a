/**
 * What the test images are made of: real servers from Debian, under the names of the images that the chart uses, with only
 * the commands that the engine table says are in those.
 */

import { join } from 'node:path';
import { ENGINES, type Engine, type EngineImage, type EngineName } from '../../../schema/engines.ts';

/** A Debian release with packages, from which images are cut. */
export interface Base {
  readonly suite: 'bookworm' | 'trixie' | 'sid';
  readonly packages: readonly string[];
}

/** How one image comes into being. */
export type Recipe =
  | {
      readonly kind: 'server';
      /** Folder name in the cache. */
      readonly name: string;
      /** The full name under which nodes know the image. */
      readonly image: string;
      readonly base: Base;
      /** The package whose version the image's label tells. */
      readonly package: string;
      readonly commands: readonly string[];
      /** A tree that is laid over the root file system. */
      readonly files: string;
    }
  | { readonly kind: 'pause'; readonly name: string; readonly image: string; readonly source: string };

const FOLDER = import.meta.dirname;

const SID: Base = {
  suite: 'sid',
  packages: ['mysql-server-core', 'mysql-client-core', 'openssl', 'tzdata', 'socat', 'jq'],
};

function mariadbOf(suite: Base['suite']): Base {
  return { suite, packages: ['mariadb-server', 'mariadb-client', 'mariadb-backup', 'tzdata', 'socat'] };
}

/** Which Debian has which engine. An engine that is not here cannot be had, and runs nowhere in the tests. */
const BASES: Readonly<Partial<Record<EngineName, Base>>> = {
  'mysql-9.7': SID,
  'mariadb-10.11': mariadbOf('bookworm'),
  'mariadb-11.8': mariadbOf('trixie'),
};

/** What holds a pod's namespaces; Kubernetes needs one, and does not care which. */
const PAUSE: Recipe = {
  kind: 'pause',
  name: 'pause',
  image: 'registry.local/mysql-sts/pause:1',
  source: join(FOLDER, 'pause.c'),
};

/** The engines that the test images can be made for. */
export const TESTABLE_ENGINES: readonly EngineName[] = ENGINES.map(({ name }) => name).filter((name) => name in BASES);

function fullName({ repository, tag }: EngineImage): string {
  return `docker.io/${repository}:${tag}`;
}

function serverRecipe(engine: Engine, base: Base): Recipe {
  return {
    kind: 'server',
    name: `${engine.name}-server`,
    image: fullName(engine.serverImage),
    base,
    package: engine.family === 'mysql' ? 'mysql-server-core' : 'mariadb-server',
    commands: engine.commands.server,
    files: join(FOLDER, 'files', engine.family),
  };
}

function xtrabackupRecipe(engine: Engine, base: Base): readonly Recipe[] {
  const image = engine.cloneImages.xtrabackup;
  const commands = engine.commands.clone.xtrabackup;
  if (image === undefined || commands === undefined) return [];
  return [
    {
      kind: 'server',
      name: `${engine.name}-xtrabackup`,
      image: fullName(image),
      base,
      package: 'mysql-client-core',
      commands,
      files: join(FOLDER, 'files', 'xtrabackup'),
    },
  ];
}

/** The images that a cluster needs to run these engines, the sandbox's included. */
export function recipesFor(engines: readonly string[]): readonly Recipe[] {
  const unknown = engines.filter((name) => !TESTABLE_ENGINES.some((testable) => testable === name));
  if (unknown.length > 0) {
    throw new Error(`No test image can be made for ${unknown.join(', ')}. There are ${TESTABLE_ENGINES.join(', ')}.`);
  }
  const recipes = ENGINES.filter(({ name }) => engines.includes(name)).flatMap((engine) => {
    const base = BASES[engine.name];
    return base === undefined ? [] : [serverRecipe(engine, base), ...xtrabackupRecipe(engine, base)];
  });
  return [PAUSE, ...recipes];
}
