/** The one container that runs as root is there when the values ask for it, comes first, and can do no more than it must. */
import type { V1Container, V1StatefulSet } from '@kubernetes/client-node';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { HELMS, manifests, type Helm, type Manifest } from '../support/helm.ts';

const test = suite('ownership');

function isStatefulSet(manifest: Manifest): manifest is Manifest & V1StatefulSet {
  return manifest.kind === 'StatefulSet';
}

function initContainers(version: Helm, values: PlainValues): readonly V1Container[] {
  const set = manifests(version, { values }).find(isStatefulSet);
  return set?.spec?.template.spec?.initContainers ?? [];
}

const names = (containers: readonly V1Container[]): readonly string[] => containers.map(({ name }) => name);

for (const version of HELMS) {
  test(`${version}: no container runs as root unless it is asked for`, () => {
    const containers = initContainers(version, {});
    assert.equal(names(containers), ['init-mysql', 'clone-mysql']);
    assert.ok(containers.every(({ securityContext }) => securityContext?.runAsUser !== 0));
  });

  test(`${version}: asked for, it comes first, may change owners alone, and sees no Secret`, () => {
    const containers = initContainers(version, { storage: { fixOwnership: true, adoptFolder: 'data' } });
    assert.equal(names(containers), ['fix-ownership', 'init-mysql', 'clone-mysql']);
    const [first] = containers;
    assert.equal(first?.securityContext?.capabilities, { drop: ['ALL'], add: ['CHOWN'] });
    assert.is(first?.securityContext?.allowPrivilegeEscalation, false);
    assert.equal(first?.volumeMounts?.map(({ name }) => name), ['data', 'scripts']);
    assert.equal(first?.env, [
      { name: 'ADOPT_FOLDER', value: 'data' },
      { name: 'VOLUME_OWNER', value: '999:999' },
    ]);
  });

  test(`${version}: the owner is the user of the pods, however large its number`, () => {
    const [first] = initContainers(version, {
      storage: { fixOwnership: true },
      pod: { securityContext: { runAsUser: 1000680000, runAsGroup: null, fsGroup: 1000690000 } },
    });
    assert.equal(first?.env?.at(-1), { name: 'VOLUME_OWNER', value: '1000680000:1000690000' });
  });
}

test.run();
