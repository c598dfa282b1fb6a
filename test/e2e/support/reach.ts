/** How programs on this machine reach a port in the cluster. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { core } from './kubernetes.ts';
import { ENVIRONMENT, IS_ROUTED } from './tools.ts';

/** A pod or a service of the cluster. */
export interface Target {
  readonly kind: 'pod' | 'service';
  readonly namespace: string;
  readonly name: string;
}

/** An address that can be connected to until it is closed. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** Whether it stays with the target, even when it has been closed. */
  readonly isOwn: boolean;
  readonly close: () => void;
}

/** Gives an address for a port of the target: its own where this machine has a route, otherwise the end of a tunnel. */
export function reach(target: Target, port: number): Promise<Address> {
  return IS_ROUTED ? ownAddress(target, port) : forward(target, port);
}

async function ownAddress({ kind, namespace, name }: Target, port: number): Promise<Address> {
  const host =
    kind === 'pod'
      ? (await core.readNamespacedPod({ namespace, name })).status?.podIP
      : (await core.readNamespacedService({ namespace, name })).spec?.clusterIP;
  if (host === undefined) throw new Error(`The ${kind} ${name} in namespace ${namespace} has no address.`);
  return { host, port, isOwn: true, close: () => undefined };
}

/** A tunnel ends with the pod that it leads to, even one to a service. */
async function forward({ kind, namespace, name }: Target, port: number): Promise<Address> {
  const child = spawn('kubectl', ['--namespace', namespace, 'port-forward', `${kind}/${name}`, `:${port}`], {
    env: ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const local = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (local !== undefined) return { host: '127.0.0.1', port: Number(local), isOwn: false, close: () => child.kill() };
  }
  await once(child, 'close');
  throw new Error(`kubectl could not forward a port to the ${kind} ${name} in namespace ${namespace}.`);
}
