/** A release of the chart on the island: what its pods share, and what the chart would tell them. */

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from '../../../generator/files/list-files.ts';
import { ENGINES, type CloneMethod, type ListedEngine, type EngineName } from '../../../schema/engines.ts';
import { makeCertificate, type Certificate } from './certificates.ts';
import { IMAGE_PATH } from './container.ts';
import { imageRoot } from './images.ts';
import { ISLAND_ADDRESS, ISLAND_ROOT, island, type Island } from './island.ts';
import { Namespace } from './kube-api.ts';
import { Pod } from './pod.ts';
import { project } from './projected.ts';
import { authority, kubeApi } from './services.ts';

/** The chart under test. */
const CHART = process.env['MYSQL_STS_CHART'] ?? join(import.meta.dirname, '../../../chart');

export const ACCOUNTS = ['root', 'replication', 'clone', 'monitor', 'app'] as const;

/** An account whose password the Secret holds. */
export type Account = (typeof ACCOUNTS)[number];

/** Passwords as unkind as a user may choose them. */
export const PASSWORDS: Readonly<Record<Account, string>> = {
  root: `r'o"o\\t $HOME #1`,
  replication: `re'pl"\\n;$(x) %`,
  clone: `cl'o"ne\\\\ \`y\` #`,
  monitor: `mon'"\\itor ;--`,
  app: `äpp'"\\ pass;#$word`,
};

/** Names under which pods and services are reached; {@link certificate} vouches for them as the chart's does. */
const NAMES = ['db-0.db', 'db-1.db', 'db-2.db', 'db-read', 'db-primary', 'localhost'];

/** What a test says about a release. */
export interface ReleaseOptions {
  readonly engine: EngineName;
  readonly method: CloneMethod;
  /** Environment variables that differ from the default values. */
  readonly environment?: Readonly<Record<string, string>>;
}

let count = 0;
let made: Promise<Certificate> | undefined;

/** The certificate of all releases that a test does not give another. */
export function certificate(): Promise<Certificate> {
  made ??= island().then((machine) => makeCertificate(machine.path('certificates'), NAMES));
  return made;
}

/** Makes a release without pods. */
export async function makeRelease(options: ReleaseOptions): Promise<Release> {
  count += 1;
  const number = count;
  const engine = ENGINES.find(({ name }) => name === options.engine);
  if (engine === undefined) throw new Error(`There is no engine ${options.engine}.`);
  const images = {
    server: await imageRoot(engine.name, 'server'),
    clone: await imageRoot(engine.name, options.method === 'xtrabackup' ? 'xtrabackup' : 'server'),
  };
  const release = new Release(await island(), `t${number}`, number, engine, images, options);
  await release.prepare();
  return release;
}

/** Makes a release, uses it, and removes it. */
export async function withRelease<T>(options: ReleaseOptions, use: (release: Release) => Promise<T>): Promise<T> {
  const release = await makeRelease(options);
  try {
    return await use(release);
  } finally {
    await release.remove();
  }
}

/** A release and its pods. */
export class Release {
  readonly island: Island;
  /** Its namespace in the API. */
  readonly name: string;
  readonly engine: ListedEngine;
  readonly images: { readonly server: string; readonly clone: string };
  readonly api = new Namespace(randomBytes(16).toString('hex'));
  readonly passwords: Record<Account, string> = { ...PASSWORDS };
  readonly #number: number;
  readonly #options: ReleaseOptions;
  readonly #pods = new Map<number, Pod>();

  constructor(machine: Island, name: string, number: number, engine: ListedEngine, images: Release['images'], options: ReleaseOptions) {
    this.island = machine;
    this.name = name;
    this.engine = engine;
    this.images = images;
    this.#number = number;
    this.#options = options;
  }

  path(...parts: readonly string[]): string {
    return this.island.path(this.name, ...parts);
  }

  /** The address of a pod, or with 'service' one that nobody has. */
  address(pod: number | 'service'): string {
    return `10.77.${this.#number}.${pod === 'service' ? 99 : 10 + pod}`;
  }

  /** Writes what the pods share: scripts and names. */
  async prepare(): Promise<void> {
    await mkdir(this.path(), { recursive: true });
    await project(this.path('scripts'), await scripts());
    await this.setNames({});
    (await kubeApi()).namespaces.set(this.name, this.api);
    for (const ordinal of [0, 1, 2]) {
      this.api.claims.set(`data-db-${ordinal}`, {});
      this.api.pods.set(`db-${ordinal}`, {});
    }
  }

  /**
   * The read service leads to this pod; without one it refuses connections, as a service without endpoints does. The primary's name
   * may lead to another pod than the first.
   */
  async setNames({ read, primary = 0 }: { readonly read?: number; readonly primary?: number }): Promise<void> {
    const pods = [0, 1, 2].map((ordinal) => `${this.address(ordinal === 0 ? primary : ordinal)} db-${ordinal}.db db-${ordinal}`);
    // Nothing listens at the machine's own address on the ports of databases.
    const service = read === undefined ? ISLAND_ADDRESS : this.address(read);
    const lines = [
      '127.0.0.1 localhost',
      ...pods,
      `${this.address(primary)} db-primary`,
      `${service} db-read`,
      `${ISLAND_ADDRESS} kubernetes.default.svc`,
    ];
    await writeFile(this.path('hosts'), `${lines.join('\n')}\n`);
  }

  /** The pod with this ordinal, made when it is first asked for. */
  async pod(ordinal: number): Promise<Pod> {
    const known = this.#pods.get(ordinal);
    if (known !== undefined) return known;
    const pod = new Pod(this, ordinal);
    this.#pods.set(ordinal, pod);
    await pod.prepare({ certificate: await certificate(), authority: (await authority())['ca.crt'] });
    return pod;
  }

  /** The environment of a pod's containers, as the chart's template _environment.tpl writes them, each with the variables of all. */
  environment(ordinal: number): Record<string, string> {
    return {
      PATH: IMAGE_PATH,
      HOME: '/var/lib/mysql',
      HOSTNAME: `db-${ordinal}`,
      KUBERNETES_SERVICE_HOST: ISLAND_ADDRESS,
      KUBERNETES_SERVICE_PORT: '443',
      ...CHART_ENVIRONMENT,
      POD_ENGINE: this.engine.name,
      POD_NAME: `db-${ordinal}`,
      POD_NAMESPACE: this.name,
      CLONE_METHOD: this.#options.method,
      ...this.#options.environment,
    };
  }

  /** Changes the Secret, and the file of it in every pod. */
  async setPassword(account: Account, password: string): Promise<void> {
    this.passwords[account] = password;
    for (const pod of this.#pods.values()) await pod.setSecrets(this.passwords);
  }

  /** Ends all containers and removes everything. */
  async remove(): Promise<void> {
    await Promise.all([...this.#pods.values()].map((pod) => pod.remove()));
    (await kubeApi()).namespaces.delete(this.name);
    await this.island.run('rm', '-rf', `${ISLAND_ROOT}/${this.name}`);
  }
}

/** What the chart tells the scripts with its default values. */
export const CHART_ENVIRONMENT: Readonly<Record<string, string>> = {
  FULLNAME: 'db',
  STORAGE_KIND: 'dynamic',
  VOLUME_FOLDER: '',
  ADOPT_FOLDER: '',
  TRUST_FUNCTION_CREATORS: 'true',
  SERVER_ID_BASE: '100',
  BINLOG_RETENTION: '7d',
  CLONE_DEADLINE: '6h',
  CLONE_STALL_TIMEOUT: '30s',
  CLONE_PARALLEL: '2',
  READ_PORT: '3306',
  MAX_LAG: '60s',
  MAX_SOURCE_SILENCE: '10m',
  PRIMARY_VOLUME_LOST: 'refuse',
  TRUST_EMPTY_VOLUME: 'false',
  ON_PURGED_BINLOGS: 'reclone',
  ON_MISSING_TRANSACTIONS: 'reclone',
  ON_ERRANT_TRANSACTIONS: 'report',
  ON_STOPPED_REPLICATION: 'report',
  RECOVERY_AFTER: '2m',
  RECLONES_PER_DAY: '3',
  APP_DATABASE: 'app',
  APP_USERNAME: 'app',
  AUTH_SECRET: 'db',
  TLS_SECRET: 'db-tls',
  TLS_CLIENTS: 'optional',
  SECRET_KEY_ROOT: 'root-password',
  SECRET_KEY_REPLICATION: 'replication-password',
  SECRET_KEY_CLONE: 'clone-password',
  SECRET_KEY_MONITOR: 'monitor-password',
  SECRET_KEY_APP: 'password',
  BACKUP_DEADLINE: '6h',
  BACKUP_FROM: 'preferReplica',
  COMPRESSION_LEVEL: '3',
  KEEP_LAST: '7',
  KEEP_FOR: '14d',
};

/** The chart's scripts, in the folders that the volume gives them. */
async function scripts(): Promise<Record<string, string>> {
  const folder = join(CHART, 'files');
  const names = await listFiles(folder);
  const read = async (name: string): Promise<[string, string]> => [name, await readFile(join(folder, name), 'utf8')];
  return Object.fromEntries(await Promise.all(names.map(read)));
}
