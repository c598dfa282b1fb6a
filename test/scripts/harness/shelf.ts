/** Where backups of test releases are kept: a folder, or a server of S3 on the island. */

import { execFileSync, spawn } from 'node:child_process';
import { chown, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../support/tools.ts';
import { makeCertificate } from './certificates.ts';
import { ISLAND_ADDRESS, ISLAND_ROOT, island, type Island } from './island.ts';
import type { Pod } from './pod.ts';
import { project } from './projected.ts';
import { until } from './wait.ts';

/** The files that the chart's projected volume `target` has. */
export type TargetFiles = Readonly<Record<string, string>>;

const KEYS = { 'access-key': 'an-access-key', 'secret-key': 'a/secret+key=' } as const;
const TOOLS = `${ISLAND_ROOT}/backup-tools`;
const BUCKET = 'backups';

let count = 0;
let tools: Promise<string> | undefined;

/** The folder of the programs that carry and serve backups, built when they are not there. */
function programs(): string {
  return execFileSync(join(ROOT, 'tools/with.sh'), ['backup', 'bash', '-c', 'dirname "$(command -v rclone)"'], {
    encoding: 'utf8',
  }).trim();
}

/** Puts on the island what the init container `tools` puts into a pod. */
function carrierTools(machine: Island): Promise<string> {
  tools ??= (async () => {
    const folder = programs();
    await machine.run('mkdir', '-p', TOOLS);
    await machine.run('cp', join(folder, 'rclone'), TOOLS);
    await machine.run('cp', '/etc/ssl/certs/ca-certificates.crt', TOOLS);
    return folder;
  })();
  return tools;
}

/** A place for backups. */
export interface Shelf {
  /** The settings that lead to it, and its secrets. */
  readonly files: TargetFiles;
  /** Its folder on the island, as the island's processes see it. */
  readonly folder: string;
  /** Ends what serves it. */
  close(): Promise<void>;
  /** Serves it again. */
  reopen(): Promise<void>;
}

function settings(lines: Readonly<Record<string, string>>): string {
  return Object.entries({ prefix: 'shop', rateLimit: 'off', ...lines })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** A folder needs nobody who serves it. */
const never = (): Promise<void> => Promise.resolve();

/** A folder that pods mount, as a claim or NFS would be. */
export async function folderShelf(): Promise<Shelf> {
  const machine = await island();
  count += 1;
  const name = `shelf-${count}`;
  await mkdir(machine.path(name));
  await chown(machine.path(name), 0, 999);
  await machine.run('chmod', '2775', `${ISLAND_ROOT}/${name}`);
  return { files: { settings: settings({ kind: 'volume' }) }, folder: `${ISLAND_ROOT}/${name}`, close: never, reopen: never };
}

/** A server of S3 with TLS by an authority of its own, and one bucket. */
export async function bucketShelf(): Promise<Shelf> {
  const machine = await island();
  const folder = await carrierTools(machine);
  count += 1;
  const name = `bucket-${count}`;
  const port = 7000 + count;
  await mkdir(machine.path(name, BUCKET), { recursive: true });
  const certificate = await makeCertificate(machine.path(`${name}-tls`), ['kubernetes.default.svc']);
  const tls = (file: string): string => `${ISLAND_ROOT}/${name}-tls/${file}`;
  const command = ['--port', `${ISLAND_ADDRESS}:${port}`, '--cert', tls('tls.crt'), '--key', tls('tls.key'), '--quiet'];
  const number = `${ISLAND_ROOT}/${name}-process`;
  const reopen = async (): Promise<void> => {
    serve(machine, number, [join(folder, 'versitygw'), ...command, 'posix', `${ISLAND_ROOT}/${name}`]);
    await listening(machine, port);
  };
  await reopen();
  const endpoint = `https://kubernetes.default.svc:${port}`;
  const lines = { kind: 's3', endpoint, bucket: BUCKET, region: 'us-east-1', pathStyle: 'true' };
  return {
    files: { settings: settings(lines), ...KEYS, 'authority.crt': certificate['ca.crt'] },
    folder: `${ISLAND_ROOT}/${name}/${BUCKET}`,
    reopen,
    close: async () => {
      await machine.run('bash', '-c', 'kill -KILL "$(< "$1")"', '-', number);
    },
  };
}

async function listening(machine: Island, port: number): Promise<void> {
  const connects = (): Promise<boolean> =>
    machine.run('bash', '-c', `: < /dev/tcp/${ISLAND_ADDRESS}/${port}`).then(
      () => true,
      () => false,
    );
  await until('the server of S3 listens', connects, { seconds: 30 });
}

/** It notes its number on the island, where signals reach it; with the island it ends. */
function serve(machine: Island, number: string, command: readonly string[]): void {
  const [enter, ...prefix] = machine.prefix;
  const args = [...prefix, 'bash', '-c', 'echo "$$" > "$1"; shift; exec "$@"', '-', number, ...command];
  spawn(enter, args, {
    env: { PATH: process.env['PATH'], ROOT_ACCESS_KEY: KEYS['access-key'], ROOT_SECRET_KEY: KEYS['secret-key'] },
    stdio: 'ignore',
  }).unref();
}

/** Gives a pod the programs, the target and, of a folder, the volume. Settings may be changed, and secrets added. */
export async function mountShelf(pod: Pod, shelf: Shelf, { lines = {}, secrets = {} }: ShelfChanges = {}): Promise<void> {
  const machine = await island();
  await carrierTools(machine);
  const changed = Object.entries(lines).map(([key, value]) => `${key}=${value}`);
  const kept = (shelf.files['settings'] ?? '').split('\n').filter((line) => line !== '' && !(line.slice(0, line.indexOf('=')) in lines));
  await project(pod.path('target'), { ...shelf.files, settings: [...kept, ...changed, ''].join('\n'), ...secrets });
  const link = async (name: string, target: string): Promise<void> => {
    await pod.release.island.run('rm', '-f', `${ISLAND_ROOT}/${pod.release.name}/${pod.name}/${name}`);
    await symlink(target, pod.path(name));
  };
  await link('tools', TOOLS);
  await link('shelf', shelf.folder);
  const isFolder = (shelf.files['settings'] ?? '').includes('kind=volume');
  pod.extraMounts = ['target', 'tools', ...(isFolder ? ['shelf'] : [])];
}

/** What a pod has otherwise than the shelf says. */
export interface ShelfChanges {
  readonly lines?: Readonly<Record<string, string>>;
  readonly secrets?: TargetFiles;
}
