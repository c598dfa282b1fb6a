/** The API of the cluster under test. */

import assert from 'node:assert/strict';
import { ApiException, AppsV1Api, CoreV1Api, DiscoveryV1Api, KubeConfig, type V1Pod } from '@kubernetes/client-node';
import { run, type RunOptions } from './process.ts';
import { KUBECONFIG } from './tools.ts';

const config = new KubeConfig();
config.loadFromFile(KUBECONFIG);

export const core = config.makeApiClient(CoreV1Api);
export const apps = config.makeApiClient(AppsV1Api);
export const discovery = config.makeApiClient(DiscoveryV1Api);

/** What the call gives, or nothing when the object does not exist. */
export async function ifFound<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return undefined;
    throw error;
  }
}

/** A pod. Between two pods of one name there is none, which is an assertion that does not hold yet. */
export async function podNamed(namespace: string, name: string): Promise<V1Pod> {
  const pod = await ifFound(core.readNamespacedPod({ namespace, name }));
  assert.ok(pod !== undefined, `${name} is not there`);
  return pod;
}

/** Runs kubectl, for what a user would do with it. */
export function kubectl(namespace: string, args: readonly string[], options?: RunOptions): Promise<string> {
  return run('kubectl', ['--namespace', namespace, ...args], options);
}
