/** A test pod: its volumes, its containers, and what one asks of them. */

import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { chmod, chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OTHER_BASH } from '../../support/bash.ts';
import type { Certificate } from './certificates.ts';
import { Container, type Outcome } from './container.ts';
import { ISLAND_ROOT } from './island.ts';
import { project } from './projected.ts';
import type { Account, Release } from './release.ts';
import { until } from './wait.ts';

const SCRIPT = join(import.meta.dirname, 'enter-pod.sh');
const GROUP = 999;
/** The bash under test, which enter-pod.sh puts into the image's place. */
const BASH = OTHER_BASH === undefined ? {} : { MYSQL_STS_BASH: OTHER_BASH };

interface ContainerKind {
  readonly command: readonly string[];
  /** One of the release's two, or the root file system of another. */
  readonly image: 'server' | 'clone' | { readonly root: string };
  /** The volumes that not every container has. */
  readonly mounts: readonly string[];
  /** Who runs the command; the server's user unless said otherwise. */
  readonly user?: 'root' | 'nobody';
}

/** The containers of the chart's StatefulSet and of its Jobs. */
const CONTAINERS = {
  'fix-ownership': { command: ['bash', '/opt/mysql-sts/run/fix-ownership.sh'], image: 'server', mounts: [], user: 'root' },
  'init-mysql': { command: ['bash', '/opt/mysql-sts/run/init-mysql.sh'], image: 'server', mounts: ['token', 'config', 'initdb'] },
  'clone-mysql': { command: ['bash', '/opt/mysql-sts/run/clone-mysql.sh'], image: 'clone', mounts: ['token'] },
  mysql: { command: ['bash', '/opt/mysql-sts/run/start-mysql.sh'], image: 'server', mounts: [] },
  agent: { command: ['bash', '/opt/mysql-sts/run/agent.sh'], image: 'clone', mounts: ['token'] },
  'copy-backup': { command: ['bash', '/opt/mysql-sts/run/copy-backup.sh'], image: 'clone', mounts: ['config'] },
  backup: { command: ['bash', '/opt/mysql-sts/run/backup.sh'], image: 'server', mounts: ['token', 'config'] },
  'verify-backup': { command: ['bash', '/opt/mysql-sts/run/verify-backup.sh'], image: 'server', mounts: ['token', 'config'] },
} as const satisfies Record<string, ContainerKind>;

export type ContainerName = keyof typeof CONTAINERS;

/** How an init container ended. */
export interface InitOutcome extends Outcome {
  /** What kubectl describe shows of it. */
  readonly message: string;
}

/** One pod of a release. */
export class Pod {
  readonly release: Release;
  readonly ordinal: number;
  /** What a test mounts beside that into each container that can use it. */
  extraMounts: readonly string[] = [];
  readonly #containers = new Map<string, Container>();
  #agentMounts: readonly string[] = [];

  constructor(release: Release, ordinal: number) {
    this.release = release;
    this.ordinal = ordinal;
  }

  get name(): string {
    return `db-${this.ordinal}`;
  }

  /** The path by which this process reaches a file of the pod. */
  path(...parts: readonly string[]): string {
    return this.release.path(this.name, ...parts);
  }

  /** Makes its network and its volumes as the kubelet does for fsGroup 999. */
  async prepare({ certificate, authority }: { readonly certificate: Certificate; readonly authority: string }): Promise<void> {
    await mkdir(this.path(), { recursive: true });
    const address = `${this.release.address(this.ordinal)}/16`;
    await this.release.island.run(SCRIPT, 'network', this.islandPath('network'), `${this.release.name}-${this.ordinal}`, address);
    for (const [name, mode] of [
      ['volume', 0o2775],
      ['run', 0o2777],
      ['tmp', 0o2777],
    ] as const)
      await this.#makeVolume(name, mode);
    await project(this.path('token'), { token: this.release.api.token, 'ca.crt': authority });
    await project(this.path('tls'), { ...certificate });
    await project(this.path('config'), { 'common.cnf': '', 'primary.cnf': '', 'replica.cnf': '' });
    await project(this.path('initdb'), {});
    await this.setSecrets(this.release.passwords);
  }

  async #makeVolume(name: string, mode: number): Promise<void> {
    await mkdir(this.path(name));
    await chown(this.path(name), 0, GROUP);
    await chmod(this.path(name), mode);
    if (name === 'run')
      await this.release.island.run('mount', '-t', 'tmpfs', '-o', 'size=16m,mode=2777,gid=999', 'run', this.islandPath(name));
  }

  /** Gives the volume a size of its own. It must be empty. */
  async limitVolume(mebibytes: number): Promise<void> {
    await this.release.island.run('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=2775,gid=999`, 'data', this.islandPath('volume'));
  }

  async setSecrets(passwords: Readonly<Partial<Record<Account, string>>>): Promise<void> {
    await project(this.path('secrets'), passwords);
  }

  /** Gives every role these settings beside the chart's. The init containers read them. */
  async configure(common: string): Promise<void> {
    await project(this.path('config'), { 'common.cnf': common, 'primary.cnf': '', 'replica.cnf': '' });
  }

  /** Gives the pod the volume that metrics.enabled brings. */
  async switchMetricsOn(): Promise<void> {
    await this.#makeVolume('metrics', 0o2777);
    this.#agentMounts = ['metrics'];
  }

  /** Puts a prepared volume in place of this pod's. */
  async restore(volume: string): Promise<void> {
    await this.release.island.run('cp', '--archive', '--no-target-directory', volume, this.islandPath('volume'));
  }

  /** Starts a container of the chart. */
  start(name: ContainerName, environment: Readonly<Record<string, string>> = {}): Container {
    const kind: ContainerKind = CONTAINERS[name];
    const mounts = [...kind.mounts, ...(name === 'agent' ? this.#agentMounts : []), ...this.extraMounts];
    return this.launch(name, { ...kind, mounts }, environment);
  }

  /** Starts a container with a command of the test's own. */
  launch(name: string, { command, image, mounts, user }: ContainerKind, environment: Readonly<Record<string, string>> = {}): Container {
    if (this.#containers.get(name)?.running === true) throw new Error(`${this.name} already runs a container ${name}.`);
    rmSync(this.path(name), { recursive: true, force: true });
    const [enter, ...prefix] = this.release.island.prefix;
    const args = [
      ...prefix,
      SCRIPT,
      'run',
      this.islandPath(),
      name,
      typeof image === 'string' ? this.release.images[image] : image.root,
      user ?? 'server',
      mounts.join(','),
      ...command,
    ];
    const env = { ...this.release.environment(this.ordinal), ...BASH, ...environment };
    const container = new Container(name, this.path(name), spawn(enter, args, { env, stdio: ['ignore', 'pipe', 'pipe'] }));
    this.#containers.set(name, container);
    return container;
  }

  /** Runs an init container to its end. */
  async run(name: ContainerName, environment: Readonly<Record<string, string>> = {}, seconds = 60): Promise<InitOutcome> {
    const container = this.start(name, environment);
    const outcome = await container.end(seconds);
    return { ...outcome, message: container.message };
  }

  /** Runs the init containers; one that fails is an error. */
  async initialise(): Promise<void> {
    for (const name of ['init-mysql', 'clone-mysql'] as const) {
      const { status, output } = await this.run(name);
      if (status !== 0) throw new Error(`${name} of ${this.name} ended with status ${status}:\n${output}`);
    }
  }

  /** Starts the server and waits until it answers. */
  async startServer(): Promise<Container> {
    const server = this.start('mysql');
    const answers = async (): Promise<boolean> => !server.running || (await this.probe('alive')).status === 0;
    await until(`the server of ${this.name} answers`, answers, { why: () => server.tail });
    if (!server.running) throw new Error(`The server of ${this.name} ended:\n${server.tail}`);
    return server;
  }

  /** Starts server and agent, and waits until the pod is Ready. */
  async startReady(): Promise<{ readonly server: Container; readonly agent: Container }> {
    const server = await this.startServer();
    const agent = this.start('agent');
    await this.ready();
    return { server, agent };
  }

  async ready(seconds = 30): Promise<void> {
    let last = '';
    const answer = async (): Promise<boolean> => {
      const { status, output } = await this.probe('ready');
      last = output;
      return status === 0;
    };
    await until(`${this.name} is ready`, answer, { seconds, why: () => `${last}\n${this.container('agent').tail}` });
  }

  has(name: string): boolean {
    return this.#containers.has(name);
  }

  container(name: string): Container {
    const found = this.#containers.get(name);
    if (found === undefined) throw new Error(`${this.name} never had a container ${name}.`);
    return found;
  }

  /** Runs a probe as the kubelet does. */
  probe(question: string, environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const all = { ...this.release.environment(this.ordinal), ...environment };
    return this.container('mysql').exec(['bash', '/opt/mysql-sts/run/probe.sh', ...question.split(' ')], { environment: all });
  }

  /** The path of a file of the pod on the island. */
  islandPath(...parts: readonly string[]): string {
    return join(ISLAND_ROOT, this.release.name, this.name, ...parts);
  }

  /** Ends its containers and takes down its network. */
  async remove(): Promise<void> {
    await Promise.all([...this.#containers.values()].map((container) => container.kill()));
    await this.release.island.run('umount', this.islandPath('network'));
    for (const name of ['run', 'volume'])
      await this.release.island.run('umount', '--quiet', '--lazy', this.islandPath(name)).catch(() => '');
  }
}
