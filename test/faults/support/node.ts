/**
 * What only the machine of the local node can do: signals to a container's processes, a look at volumes, a cut network.
 * Everything here needs root, and undoes itself.
 */

import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { V1Pod } from '@kubernetes/client-node';
import { CACHE } from '../../cluster/images/cache.ts';
import { core } from '../../e2e/support/kubernetes.ts';
import { nameOf } from '../../e2e/support/pods.ts';

const execute = promisify(execFile);

const BLOCK_BYTES = 512;
const FILLER = 'filler';

/** A process, by its number on this machine. */
export interface NodeProcess {
  readonly pid: number;
  readonly command: string;
}

/** What runs in a container now. */
export function processesIn(pod: V1Pod, container: string): readonly NodeProcess[] {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const id = statuses.find(({ name }) => name === container)?.containerID?.replace('containerd://', '');
  if (id === undefined) return [];
  return allProcesses((pid) => textOf(`/proc/${pid}/cgroup`).includes(id));
}

/** What runs in any container of a pod now, whatever Kubernetes knows of it yet. */
export function containerProcesses(pod: V1Pod): readonly NodeProcess[] {
  const uid = pod.metadata?.uid ?? '';
  const isOfPod = (pid: number): boolean => textOf(`/proc/${pid}/cgroup`).replaceAll('_', '-').includes(`pod${uid}`);
  return allProcesses(isOfPod).filter(({ command }) => command !== '/pause');
}

/** The processes of one of the node's own programs, such as kube-apiserver. */
export function nodeProcesses(program: string): readonly NodeProcess[] {
  return allProcesses((pid) => basename(textOf(`/proc/${pid}/cmdline`).split('\0')[0] ?? '') === program);
}

function allProcesses(isMeant: (pid: number) => boolean): readonly NodeProcess[] {
  const pids = readdirSync('/proc').map(Number).filter((pid) => pid > 0).sort((a, b) => a - b);
  return pids.filter(isMeant).map((pid) => ({ pid, command: textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() }));
}

/** Sends a signal to processes; one that has ended meanwhile has no more need of it. */
export function signal(processes: readonly NodeProcess[], name: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, name);
    } catch {
      continue;
    }
  }
}

/** The folder of a pod's volume as this machine sees it, or nothing before there is one. */
export async function volumeFolder(namespace: string, pod: string): Promise<string | undefined> {
  const { spec } = await core.readNamespacedPersistentVolumeClaim({ namespace, name: `data-${pod}` });
  const [daemon] = nodeProcesses('kubelet');
  if (spec?.volumeName === undefined || daemon === undefined) return undefined;
  // Volumes of a fixed size are mounted in the node alone.
  const folder = join(`/proc/${daemon.pid}/root`, CACHE, 'cluster/volumes', spec.volumeName);
  return existsSync(folder) ? folder : undefined;
}

/** Bytes on disk of all files in a folder; what vanishes during the count has none. */
export function bytesIn(folder: string): number {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return 0;
  }
  let bytes = 0;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += bytesIn(path);
    else bytes += (statSync(path, { throwIfNoEntry: false })?.blocks ?? 0) * BLOCK_BYTES;
  }
  return bytes;
}

/** Fills a volume up to the given number of free bytes. */
export async function fillUp(volume: string, free: number): Promise<void> {
  const { bavail, bsize } = await statfs(volume);
  const bytes = bavail * bsize - free;
  await execute('fallocate', [`--length=${bytes}`, join(volume, FILLER)]);
}

/** Gives back what was filled. */
export async function empty(volume: string): Promise<void> {
  await rm(join(volume, FILLER), { force: true });
}

/** Drops every packet between a pod and an address while some work goes on. */
export async function withoutTouch(pod: V1Pod, address: string, work: () => Promise<void>): Promise<void> {
  const [inside] = containerProcesses(pod);
  if (inside === undefined) throw new Error(`Pod ${nameOf(pod)} has no server, so there is nothing to cut off.`);
  const rules = [['INPUT', '--source'], ['OUTPUT', '--destination']] as const;
  const filter = async (action: string): Promise<void> => {
    for (const [chain, side] of rules) {
      await execute('nsenter', [`--target=${inside.pid}`, '--net', 'iptables', action, chain, side, address, '--jump', 'DROP']);
    }
  };
  await filter('--insert');
  try {
    await work();
  } finally {
    await filter('--delete');
  }
}

/** Lets a pod have a share of one processor while some work goes on. */
export async function withProcessorShare(pod: V1Pod, share: number, work: () => Promise<void>): Promise<void> {
  const { file, limited, unlimited } = processorLimit(pod, share);
  await writeFile(file, limited);
  try {
    await work();
  } finally {
    await writeFile(file, unlimited);
  }
}

interface ProcessorLimit {
  readonly file: string;
  readonly limited: string;
  readonly unlimited: string;
}

const PERIOD_US = 100_000;

/** Control groups have two versions; in both the server's own group is the container's. */
function processorLimit(pod: V1Pod, share: number): ProcessorLimit {
  const [inside] = processesIn(pod, 'mysql');
  const groups = textOf(`/proc/${inside?.pid ?? 0}/cgroup`).trim().split('\n');
  const [, controllers = '', path = ''] = (groups.find((line) => /[:,]cpu[:,]/.test(line)) ?? groups[0] ?? '').split(':');
  const quota = Math.round(PERIOD_US * share);
  if (controllers === '') return { file: join('/sys/fs/cgroup', path, 'cpu.max'), limited: `${quota} ${PERIOD_US}`, unlimited: `max ${PERIOD_US}` };
  return { file: join('/sys/fs/cgroup/cpu', path, 'cpu.cfs_quota_us'), limited: String(quota), unlimited: '-1' };
}

/** What a file says; one that is not there says nothing. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
