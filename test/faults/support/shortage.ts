/** Networks that are cut, processors and disks that give little. Needs root on the machine of the local node, and undoes itself. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { V1Pod } from '@kubernetes/client-node';
import { nameOf } from '../../e2e/support/pods.ts';
import { deviceOf } from './disk.ts';
import { networkHolder, processesIn, textOf } from './node.ts';
import { NotMade } from './not-made.ts';

const execute = promisify(execFile);

const GROUPS = '/sys/fs/cgroup';

/** Runs a program of this machine in a pod's network. */
async function inNetworkOf(pod: V1Pod, command: readonly string[]): Promise<string> {
  const { stdout } = await execute('nsenter', [`--target=${networkHolder(pod).pid}`, '--net', ...command]);
  return stdout;
}

/** Drops every packet between a pod and an address while some work goes on. */
export async function withoutTouch(pod: V1Pod, address: string, work: () => Promise<void>): Promise<void> {
  const rules = [
    ['INPUT', '--source'],
    ['OUTPUT', '--destination'],
  ] as const;
  const filter = async (action: string): Promise<void> => {
    for (const [chain, side] of rules) await inNetworkOf(pod, ['iptables', action, chain, side, address, '--jump', 'DROP']);
  };
  await filter('--insert');
  try {
    await work();
  } finally {
    await filter('--delete');
  }
}

/** Closes a pod's connections to these ports, as a network element would that forgets them: both ends get an error. */
export async function cutConnections(pod: V1Pod, ports: readonly number[]): Promise<void> {
  const filter = ports.map((port) => `dport = :${port}`).join(' or ');
  const closed = await inNetworkOf(pod, ['ss', '--no-header', '--kill', '--tcp', 'state', 'established', `( ${filter} )`]);
  if (closed.trim() === '') throw new NotMade(`Pod ${nameOf(pod)} had no connection to port ${ports.join(' or ')}.`);
}

/** What a file of a control group is to say for a while, and afterwards. */
interface Limit {
  readonly file: string;
  readonly limited: string;
  readonly unlimited: string;
}

async function withLimits(limits: readonly Limit[], work: () => Promise<void>): Promise<void> {
  for (const { file, limited } of limits) await writeFile(file, limited);
  try {
    await work();
  } finally {
    // The group of a container that has ended meanwhile is gone with its limits.
    for (const { file, unlimited } of limits.filter((limit) => existsSync(limit.file))) await writeFile(file, unlimited);
  }
}

/** The folder of a container's control group, and whether it is of the version that has one for each controller. */
function groupOf(pod: V1Pod, controller: string): { readonly folder: string; readonly isOld: boolean } {
  const [inside] = processesIn(pod, 'mysql');
  const groups = textOf(`/proc/${inside?.pid ?? 0}/cgroup`)
    .trim()
    .split('\n')
    .map((line) => line.split(':'));
  const own = groups.find(([, names = '']) => names.split(',').includes(controller));
  if (own !== undefined) return { folder: join(GROUPS, controller, own[2] ?? ''), isOld: true };
  return { folder: join(GROUPS, groups.find(([, names]) => names === '')?.[2] ?? ''), isOld: false };
}

const PERIOD_US = 100_000;

/** Lets a pod's server have a share of one processor while some work goes on. */
export async function withProcessorShare(pod: V1Pod, share: number, work: () => Promise<void>): Promise<void> {
  const { folder, isOld } = groupOf(pod, 'cpu');
  const quota = Math.round(PERIOD_US * share);
  const limit = isOld
    ? { file: join(folder, 'cpu.cfs_quota_us'), limited: String(quota), unlimited: '-1' }
    : { file: join(folder, 'cpu.max'), limited: `${quota} ${PERIOD_US}`, unlimited: `max ${PERIOD_US}` };
  await withLimits([limit], work);
}

/** Lets a pod's server read and write so many bytes a second of its volume while some work goes on. */
export async function withDiskRate(pod: V1Pod, volume: string, rate: number, work: () => Promise<void>): Promise<void> {
  const { folder, isOld } = groupOf(pod, 'blkio');
  const device = numbersOf(deviceOf(volume));
  const limits = isOld
    ? ['read', 'write'].map((way) => ({
        file: join(folder, `blkio.throttle.${way}_bps_device`),
        limited: `${device} ${rate}`,
        unlimited: `${device} 0`,
      }))
    : [{ file: join(folder, 'io.max'), limited: `${device} rbps=${rate} wbps=${rate}`, unlimited: `${device} rbps=max wbps=max` }];
  await withLimits(limits, work);
}

/** Major and minor number, as the kernel packs them. */
function numbersOf(device: number): string {
  const [major, minor] = [(device >> 8) & 0xfff, (device & 0xff) | ((device >> 12) & 0xfff00)];
  return `${major}:${minor}`;
}
