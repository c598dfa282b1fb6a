/** The tutorial's own manifests on the cluster under test, as a release that the same tests can use as one of the chart. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Access } from '../e2e/support/access.ts';
import { engineNamed } from '../e2e/support/engines.ts';
import { apps, core, kubectl } from '../e2e/support/kubernetes.ts';
import { untilReady, type Overrides, type Release } from '../e2e/support/release.ts';
import { podSql } from '../e2e/support/sql.ts';

const MANIFESTS = join(import.meta.dirname, 'manifests.yaml');
const NAME = 'mysql';

/** Its root account may do everything from everywhere without a password; there is no other, and no TLS. */
function access(namespace: string): Access {
  return {
    pods: 'app=mysql',
    administrator: ['--host=127.0.0.1', '--user=root'],
    primary: { kind: 'pod', namespace, name: `${NAME}-0` },
    read: { kind: 'service', namespace, name: `${NAME}-read` },
    login: () => Promise.resolve({ user: 'root', password: '', database: 'app' }),
  };
}

/** Volumes other than the cluster's default. */
export interface Volume {
  readonly size: string;
  readonly storageClassName: string;
}

/** As given, the requests of three pods take nearly all of two processors; what the chart's tests ask for is less. */
function manifests(volume: Volume | undefined): string {
  const given = readFileSync(MANIFESTS, 'utf8')
    .replaceAll(/cpu: [15]00m/g, 'cpu: 50m')
    .replaceAll(/memory: (1Gi|100Mi)/g, 'memory: 128Mi');
  if (volume === undefined) return given;
  return given
    .replace(/^( *)accessModes: .*$/m, `$&\n$1storageClassName: ${volume.storageClassName}`)
    .replace('storage: 10Gi', `storage: ${volume.size}`);
}

/** Applies the manifests, with smaller requests, and waits until all pods are Ready. The namespace must not forbid root. */
export async function installTutorial(namespace: string, volume?: Volume): Promise<Release> {
  const release = {
    namespace,
    name: 'the tutorial',
    fullname: NAME,
    engine: engineNamed('mysql-5.7'),
    ledger: new Set<number>(),
    access: access(namespace),
  };
  await kubectl(namespace, ['apply', '--filename', '-'], { input: manifests(volume) });
  await untilReady(release);
  await podSql(release, `${NAME}-0`, 'CREATE DATABASE app');
  return release;
}

/** Does by hand what a user of the chart writes into values. */
export async function changeTutorial(namespace: string, { replicaCount = 3, config }: Overrides): Promise<void> {
  const { data } = await core.readNamespacedConfigMap({ namespace, name: NAME });
  const wanted = `[mysqld]\nlog-bin\n${config?.primary ?? ''}`.trim();
  if (data?.['primary.cnf']?.trim() !== wanted) {
    const patch = JSON.stringify({ data: { 'primary.cnf': `${wanted}\n` } });
    await kubectl(namespace, ['patch', 'configmap', NAME, '--type=merge', `--patch=${patch}`]);
    await kubectl(namespace, ['rollout', 'restart', `statefulset/${NAME}`]);
  }
  const set = await apps.readNamespacedStatefulSet({ namespace, name: NAME });
  if (set.spec?.replicas !== replicaCount) await kubectl(namespace, ['scale', `statefulset/${NAME}`, `--replicas=${replicaCount}`]);
}
