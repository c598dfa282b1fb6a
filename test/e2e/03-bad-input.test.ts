/** What is wrong is said where a user looks first, `kubectl describe`, and nothing half-made stays behind. */

import assert from 'node:assert/strict';
import { core } from './support/kubernetes.ts';
import { attempt } from './support/process.ts';
import { untilHolds } from './support/progress.ts';
import { untilDescribed } from './support/describe.ts';
import { helmUpgrade, releaseNamed, SMALL, type Overrides } from './support/release.ts';
import { scenario, type Step } from './support/scenario.ts';
import { CHART } from './support/tools.ts';
import { filesOnVolumeOf } from './support/volumes.ts';

/** Installs a single pod, which is not going to start, and gives its name. */
async function installBroken(namespace: string, name: string, values: Overrides): Promise<string> {
  await helmUpgrade(namespace, name, { ...SMALL, fullnameOverride: name, replicaCount: 1, ...values });
  return `${name}-0`;
}

scenario('bad-input', (step) => {
  defineRefusals(step);
  defineVolumes(step);
});

function defineRefusals(step: Step): void {
  step('values of a wrong type, unknown ones and contradictions are refused with their path', async ({ namespace }) => {
    const refused: Readonly<Record<string, RegExp>> = {
      'replicaCount=many': /replicaCount/,
      'replicasCount=3': /replicasCount/,
      'clone.method=mariadb-backup': /clone\.method, engine: mysql-9\.7 cannot be cloned by mariadb-backup/,
    };
    for (const [value, message] of Object.entries(refused)) {
      const { status, stderr } = await attempt('helm', ['install', 'refused', CHART, '--namespace', namespace, '--set', value]);
      assert.equal(status, 1);
      assert.match(stderr, message);
    }
  });

  step('an image that does not exist is named', async ({ namespace }) => {
    const pod = await installBroken(namespace, 'no-image', { images: { server: { tag: '9.7.999' } } });
    await untilDescribed(namespace, `pod/${pod}`, /Failed to pull image "docker\.io\/library\/mysql:9\.7\.999"/);
  });

  step('a key that the Secret lacks is named', async ({ namespace }) => {
    const keys = ['root-password', 'replication-password', 'monitor-password', 'password'];
    const stringData = Object.fromEntries(keys.map((key) => [key, 'some-password']));
    await core.createNamespacedSecret({ namespace, body: { metadata: { name: 'incomplete' }, stringData } });
    const pod = await installBroken(namespace, 'no-key', { auth: { existingSecret: 'incomplete' } });
    await untilDescribed(namespace, `pod/${pod}`, "Secret incomplete has no key 'clone-password', the password of the clone account.");
  });
}

function defineVolumes(step: Step): void {
  step('a volume that the server cannot write to is explained', async ({ namespace }) => {
    // The kubelet makes the folder, as root.
    const source = { kind: 'hostPath', hostPath: { path: `/run/mysql-sts-e2e/${namespace}` } } as const;
    const pod = await installBroken(namespace, 'no-volume', { storage: { kind: 'static', static: { count: 1, source } } });
    await untilDescribed(namespace, `pod/${pod}`, 'The volume belongs to root:root (0:0, mode 755) and user 999 cannot write to it.');
  });

  step('a storage class that does not exist is named', async ({ namespace }) => {
    const pod = await installBroken(namespace, 'no-class', { storage: { storageClassName: 'absent' } });
    // The scheduler may have looked before the claim was made, and then keeps saying so.
    await untilDescribed(
      namespace,
      `pod/${pod}`,
      /unbound immediate PersistentVolumeClaims|persistentvolumeclaim "data-no-class-0" not found/,
    );
    await untilDescribed(namespace, `persistentvolumeclaim/data-${pod}`, 'storageclass.storage.k8s.io "absent" not found');
  });

  step('an initdb script that fails is named with its line, and leaves no data behind', async ({ namespace }) => {
    const scripts = { '10-broken.sql': 'CREATE TABLE fine (id INT);\nCREATE TABLE broken (id WRONG);\n' };
    const pod = await installBroken(namespace, 'no-script', { initdb: { scripts } });
    await untilDescribed(namespace, `pod/${pod}`, /The initdb script 10-broken\.sql failed: ERROR 1064 .* at line 2/);
    const release = await releaseNamed(namespace, 'no-script', 'mysql-9.7');
    // The container tries again and again; between two tries the volume is empty.
    await untilHolds('an empty volume', 180, async () => {
      assert.deepEqual(await filesOnVolumeOf(release, pod), []);
    });
  });
}
