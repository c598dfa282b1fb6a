/** What lies on the volume of a claim, seen by a pod that mounts it. */

import { core, kubectl } from './kubernetes.ts';
import { stateOf } from './pods.ts';
import { waitFor } from './progress.ts';
import type { Release } from './release.ts';

const DEADLINE = 60;

/** Paths of files and folders on a pod's volume, the topmost two levels, as the server's own user sees them. */
export async function filesOnVolumeOf({ namespace, engine }: Release, pod: string): Promise<readonly string[]> {
  const { repository, tag } = engine.serverImage;
  const { spec } = await core.readNamespacedPod({ namespace, name: pod });
  const { metadata } = await core.createNamespacedPod({
    namespace,
    body: {
      metadata: { generateName: 'look-' },
      spec: {
        // A volume that one node may mount is mounted there again.
        ...(spec?.nodeName === undefined ? {} : { nodeName: spec.nodeName }),
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 999, runAsGroup: 999, fsGroup: 999, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'look',
            image: `docker.io/${repository}:${tag}`,
            command: ['find', '/volume', '-mindepth', '1', '-maxdepth', '2', '-printf', '%P\\n'],
            volumeMounts: [{ name: 'volume', mountPath: '/volume' }],
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
        volumes: [{ name: 'volume', persistentVolumeClaim: { claimName: `data-${pod}` } }],
      },
    },
  });
  const name = metadata?.name ?? '';
  await untilEnded(namespace, name);
  const output = await kubectl(namespace, ['logs', name]);
  await core.deleteNamespacedPod({ namespace, name });
  return output.split('\n').filter((path) => path !== '');
}

async function untilEnded(namespace: string, name: string): Promise<void> {
  await waitFor({
    what: `a look at a volume by pod ${name}`,
    deadline: DEADLINE,
    look: async () => {
      const pod = await core.readNamespacedPod({ namespace, name });
      return pod.status?.phase === 'Succeeded' ? { done: true, value: undefined } : { done: false, state: stateOf(pod) };
    },
  });
}
