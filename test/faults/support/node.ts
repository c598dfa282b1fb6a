/** Processes of pods and of the node, seen and signalled by the machine that the local node runs on. Needs root. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { V1Pod } from '@kubernetes/client-node';
import { CACHE } from '../../cluster/images/cache.ts';
import { nameOf } from '../../e2e/support/pods.ts';
import { NotMade } from './not-made.ts';

/** The local node's folder, which its programs are told in their environment. */
const STATE = join(CACHE, 'cluster');

/** What holds a pod's namespaces as long as there is the pod. */
const PAUSE = '/pause';

/** A process, by its number on this machine. */
export interface NodeProcess {
  readonly pid: number;
  readonly command: string;
}

/** What runs in a container now, by its numbers there: the first is what the container was started with. */
export function processesIn(pod: V1Pod, container: string): readonly NodeProcess[] {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const id = statuses.find(({ name }) => name === container)?.containerID?.replace('containerd://', '');
  if (id === undefined) return [];
  const inside = allProcesses((pid) => textOf(`/proc/${pid}/cgroup`).includes(id)).map((each) => ({ ...each, number: numberInside(each) }));
  return inside.sort((a, b) => a.number - b.number);
}

/** The number of a process in the innermost of its namespaces. Numbers of the machine begin anew, and say nothing of who was first. */
function numberInside({ pid }: NodeProcess): number {
  return Number(/^NSpid:.*\t(\d+)$/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? Infinity);
}

/** What runs in any container of a pod now, whatever Kubernetes knows of it yet. */
export function containerProcesses(pod: V1Pod): readonly NodeProcess[] {
  return processesOf(pod).filter(({ command }) => command !== PAUSE);
}

/** A tool prepares its copy, and the plugin's is started once as a server of nobody. A script has all of that in its text from the start. */
const PROOF = /^(?!bash -c ).*( --prepare|\/staging\/data --init-file)/s;

/** Whether a pod's copy is being proven. */
export function isProven(pod: V1Pod): boolean {
  return processesOf(pod).some(({ command }) => PROOF.test(command));
}

/** The processes of a pod, the one that holds its namespaces included. */
function processesOf(pod: V1Pod): readonly NodeProcess[] {
  const uid = pod.metadata?.uid ?? '';
  return allProcesses((pid) => textOf(`/proc/${pid}/cgroup`).replaceAll('_', '-').includes(`pod${uid}`));
}

/** The process that holds a pod's network. */
export function networkHolder(pod: V1Pod): NodeProcess {
  const holder = processesOf(pod).find(({ command }) => command === PAUSE);
  if (holder === undefined) throw new NotMade(`Pod ${nameOf(pod)} has no network, so there is nothing to cut.`);
  return holder;
}

/** The processes of one of the node's own programs, such as kube-apiserver. Another node on this machine keeps its own state. */
export function nodeProcesses(program: string): readonly NodeProcess[] {
  return allProcesses((pid) => {
    const [path = ''] = textOf(`/proc/${pid}/cmdline`).split('\0');
    return basename(path) === program && textOf(`/proc/${pid}/environ`).split('\0').includes(`STATE=${STATE}`);
  });
}

function allProcesses(isMeant: (pid: number) => boolean): readonly NodeProcess[] {
  const pids = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
    .sort((a, b) => a - b);
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

const FROZEN = 'kill -STOP "${@:2}"; sleep "$1"; kill -CONT "${@:2}"';

/** Stops processes for some seconds. Another program does it, so that they go on even if this one is killed meanwhile. */
export async function freeze(processes: readonly NodeProcess[], seconds: number): Promise<void> {
  const guard = spawn('bash', ['-c', FROZEN, '-', String(seconds), ...processes.map(({ pid }) => String(pid))], {
    detached: true,
    stdio: 'ignore',
  });
  await once(guard, 'close');
}

/** What a file says; one that is not there says nothing. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
