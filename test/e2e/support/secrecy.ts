/** Whether passwords stay where they belong. */

import assert from 'node:assert/strict';
import { core, kubectl } from './kubernetes.ts';
import { nameOf } from './pods.ts';
import { podsOf, type Release } from './release.ts';

const CONTAINERS = ['mysql', 'agent'];
/** What people describe when something is wrong, Secrets included, whose content kubectl leaves out. */
const DESCRIBED = 'statefulset,service,configmap,secret,event';
const COMMAND_LINES = 'cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2> /dev/null | tr "\\0" "\\n"';

/** What the Secret has for applications beside passwords, and what services and values say as well. */
const PUBLIC_KEYS: ReadonlySet<string> = new Set(['username', 'database', 'host', 'port']);

/** Fails when a password of the release is in a log, a command line, an environment or a description of a pod. */
export async function checkSecrecy(release: Release): Promise<void> {
  const { namespace, fullname, name } = release;
  const { data = {} } = await core.readNamespacedSecret({ namespace, name: fullname });
  const pods = (await podsOf(namespace, name)).map(nameOf);
  const described = kubectl(namespace, ['describe', DESCRIBED]);
  const seen = (await Promise.all([described, ...pods.map((pod) => visibleOf(namespace, pod))])).join('\n');
  assert.match(seen, /the instance is complete/, 'the logs are not those of a first start');
  for (const [key, value] of Object.entries(data).filter(([name]) => !PUBLIC_KEYS.has(name))) {
    assert.ok(!seen.includes(value), `${key} can be read, coded, in a log or a command line`);
    assert.ok(!seen.includes(Buffer.from(value, 'base64').toString()), `${key} can be read in a log or a command line`);
  }
}

async function visibleOf(namespace: string, pod: string): Promise<string> {
  const exec = (container: string): Promise<string> =>
    kubectl(namespace, ['exec', pod, '--container', container, '--', 'bash', '-c', COMMAND_LINES]);
  const parts = await Promise.all([
    kubectl(namespace, ['logs', pod, '--all-containers']),
    kubectl(namespace, ['get', 'pod', pod, '--output=yaml']),
    kubectl(namespace, ['describe', 'pod', pod]),
    ...CONTAINERS.map(exec),
  ]);
  return parts.join('\n');
}
