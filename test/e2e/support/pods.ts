/** What pods are doing, in words. */

import type { V1ContainerState, V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { shortened } from './progress.ts';

/** Letters of a state that is one of several on a line. */
const SHORT = 100;

/** The pod's name. */
export function nameOf(pod: V1Pod): string {
  return pod.metadata?.name ?? '';
}

/** The pod's number in its StatefulSet. */
export function ordinalOf(pod: V1Pod): number {
  return Number(/\d+$/.exec(nameOf(pod))?.[0]);
}

/** The role that the pod's own agent gave it. */
export function roleOf(pod: V1Pod): string {
  return pod.metadata?.labels?.['mysql-sts/role'] ?? '';
}

/** Whether services may send clients to the pod. */
export function isReady(pod: V1Pod): boolean {
  return !isTerminating(pod) && conditionOf(pod, 'Ready')?.status === 'True';
}

export function isTerminating(pod: V1Pod): boolean {
  return pod.metadata?.deletionTimestamp !== undefined;
}

/** The container that the pod is waiting for: the first that has not done its part. */
export function currentContainer(pod: V1Pod): V1ContainerStatus | undefined {
  const init = pod.status?.initContainerStatuses ?? [];
  const main = pod.status?.containerStatuses ?? [];
  return init.find(({ state }) => state?.terminated?.exitCode !== 0) ?? main.find(({ ready }) => !ready);
}

/** What the pod is doing, in a few words. */
export function stateOf(pod: V1Pod): string {
  if (isTerminating(pod)) return 'stops';
  if (isReady(pod)) return 'Ready';
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status === 'False') return `has no node: ${scheduled.message ?? ''}`;
  const container = currentContainer(pod);
  return container === undefined ? 'starts' : `${container.name} ${containerState(container)}`;
}

/** What several pods are doing, on one line. */
export function statesOf(pods: readonly V1Pod[]): string {
  return pods.length === 0 ? 'there is no pod' : pods.map((pod) => `${shortNameOf(pod)}: ${shortened(stateOf(pod), SHORT)}`).join(' | ');
}

/** What must stay the same for a pod that nobody touches. */
export interface Identity {
  readonly uid: string;
  readonly startTime: string;
  readonly restarts: Readonly<Record<string, number>>;
}

/** Tells a pod that went on from one that was replaced or restarted. */
export function identityOf(pod: V1Pod): Identity {
  const containers = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  return {
    uid: pod.metadata?.uid ?? '',
    startTime: pod.status?.startTime?.toISOString() ?? '',
    restarts: Object.fromEntries(containers.map(({ name, restartCount }) => [name, restartCount])),
  };
}

/** The number of a pod that has one. */
function shortNameOf(pod: V1Pod): string {
  return /\d+$/.exec(nameOf(pod))?.[0] ?? nameOf(pod);
}

function containerState({ state, lastState }: V1ContainerStatus): string {
  const message = failure(state) ?? failure(lastState);
  if (message !== undefined) return `failed: ${message}`;
  if (state?.running !== undefined) return 'runs';
  const waiting = state?.waiting;
  return [waiting?.reason ?? 'waits', waiting?.message].filter((part) => part !== undefined).join(': ');
}

function failure(state: V1ContainerState | undefined): string | undefined {
  const end = state?.terminated;
  if (end === undefined || end.exitCode === 0) return undefined;
  return end.message?.trim() ?? `status ${end.exitCode}`;
}

function conditionOf(pod: V1Pod, type: string): { status: string; message?: string } | undefined {
  return pod.status?.conditions?.find((condition) => condition.type === type);
}
