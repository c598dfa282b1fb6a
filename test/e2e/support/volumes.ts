/** What lies on the volume of a claim, seen by a pod that mounts it. */

import { core, ifFound, kubectl } from './kubernetes.ts';
import { stateOf } from './pods.ts';
import { waitFor } from './progress.ts';
import type { Release } from './release.ts';

const DEADLINE = 180;

/** Paths of files and folders on a pod's volume, the topmost two levels, as the server's own user sees them. */
export async function filesOnVolumeOf(release: Release, pod: string): Promise<readonly string[]> {
  const output = await onVolumeOf(release, pod, ['find', '/volume', '-mindepth', '1', '-maxdepth', '2', '-printf', '%P\\n']);
  return output.split('\n').filter((path) => path !== '');
}

/** Leaves nothing on the volume of a pod that is gone. */
export async function emptyVolumeOf(release: Release, pod: string): Promise<void> {
  await onVolumeOf(release, pod, ['find', '/volume', '-mindepth', '1', '-delete']);
}

/** Runs a command beside a pod, or in its place, with its volume mounted as /volume, and gives what it printed. */
async function onVolumeOf({ namespace, engine }: Release, pod: string, command: readonly string[]): Promise<string> {
  const { repository, tag } = engine.serverImage;
  const neighbour = await ifFound(core.readNamespacedPod({ namespace, name: pod }));
  // A volume that one node may mount is mounted there again.
  const nodeName = neighbour?.spec?.nodeName;
  const { metadata } = await core.createNamespacedPod({
    namespace,
    body: {
      metadata: { generateName: 'look-' },
      spec: {
        ...(nodeName !== undefined && { nodeName }),
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 999, runAsGroup: 999, fsGroup: 999, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'look',
            image: `docker.io/${repository}:${tag}`,
            command: [...command],
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
  return output;
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
