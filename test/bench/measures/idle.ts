/** What Kubernetes takes for itself: a pod of the chart whose containers do nothing, made anew. No chart with such a pod can be faster. */

import type { V1Container } from '@kubernetes/client-node';
import { apps } from '../../e2e/support/kubernetes.ts';
import type { Course } from '../../faults/support/course.ts';
import type { Work } from '../turns.ts';
import { CLONE, cloneOf, RESTART, startReading, watchClone, watchRestart } from './life.ts';

export const IDLE_POD = 'the limit: the same pod, whose containers do nothing';

const END = ['bash', '-c', 'exit 0'];
/** As process 1 it would not end at a signal that it does not ask for. */
const WAIT = ['bash', '-c', 'trap exit TERM; sleep infinity & wait'];

/** Without its work, and without the probes that look at it. */
function lay(container: V1Container, command: string[]): void {
  Object.assign(container, { command });
  delete container.args;
  delete container.lifecycle;
  delete container.livenessProbe;
  delete container.readinessProbe;
  delete container.startupProbe;
}

/** Takes the work out of a release's pods. */
async function layIdle({ namespace, fullname: name }: Course['release']): Promise<void> {
  const set = await apps.readNamespacedStatefulSet({ namespace, name });
  const pod = set.spec?.template.spec;
  if (pod === undefined) throw new Error(`StatefulSet ${name} in namespace ${namespace} has no pods.`);
  for (const container of pod.initContainers ?? []) lay(container, END);
  for (const container of pod.containers) lay(container, WAIT);
  await apps.replaceNamespacedStatefulSet({ namespace, name, body: set });
}

/** The turn of a release whose pods do nothing. */
export async function idleTurn(course: Course, megabytes: number): Promise<Work> {
  await layIdle(course.release);
  await course.settled();
  return async () => [
    startReading({ what: RESTART, profile: RESTART, contender: IDLE_POD }, await watchRestart(course, 2)),
    startReading({ what: cloneOf(megabytes), profile: CLONE, contender: IDLE_POD }, await watchClone(course, 2)),
  ];
}
