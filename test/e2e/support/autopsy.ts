/** What a person wants to see of a namespace in which a test has failed. */

import type { V1Pod } from '@kubernetes/client-node';
import { core, kubectl } from './kubernetes.ts';
import { isReady, nameOf } from './pods.ts';
import { say } from './progress.ts';

const LOG_LINES = 15;

/** Prints pods, the descriptions of those that are not Ready, the last lines of all logs, and the events. */
export async function printAutopsy(namespace: string): Promise<void> {
  const { items } = await core.listNamespacedPod({ namespace });
  const names = items.filter((pod) => !isReady(pod)).map(nameOf);
  await print(namespace, ['get', 'pods', '--output=wide', '--label-columns=mysql-sts/role']);
  await print(namespace, ['get', 'endpointslices,persistentvolumeclaims']);
  for (const name of names) await print(namespace, ['describe', 'pod', name]);
  for (const pod of items) await printLogs(namespace, pod);
  await print(namespace, ['get', 'events', '--sort-by=.lastTimestamp']);
}

async function printLogs(namespace: string, pod: V1Pod): Promise<void> {
  for (const { name } of [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])]) {
    await print(namespace, ['logs', nameOf(pod), '--container', name, `--tail=${LOG_LINES}`]);
  }
}

async function print(namespace: string, args: readonly string[]): Promise<void> {
  const output = await kubectl(namespace, args).catch(String);
  say(`\n─── kubectl ${args.join(' ')}\n${output.trimEnd()}`);
}
