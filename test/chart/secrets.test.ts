/** Where passwords, keys and tokens are in the rendered chart, and where they are not. */
import type { V1Container, V1PodSpec, V1StatefulSet } from '@kubernetes/client-node';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { HELMS, manifests, objects, template, type Helm, type Manifest } from '../support/helm.ts';

const test = suite('secrets');

/** What somebody sets whose tool renders without looking at the cluster. */
const GITOPS: PlainValues = { auth: { existingSecret: 'my-passwords' }, tls: { mode: 'secret', secretName: 'my-certificates' } };

const isStatefulSet = (one: Manifest): one is Manifest & V1StatefulSet => one.kind === 'StatefulSet';

function podOf(version: Helm, values: PlainValues): V1PodSpec {
  const spec = manifests(version, { values }).find(isStatefulSet)?.spec?.template.spec;
  if (spec === undefined) throw new Error('There is no pod.');
  return spec;
}

const containersOf = (pod: V1PodSpec): readonly V1Container[] => [...(pod.initContainers ?? []), ...pod.containers];

/** The containers that mount a volume of the pod which has this kind of source. */
function whoMounts(pod: V1PodSpec, source: (text: string) => boolean): readonly string[] {
  const volumes = (pod.volumes ?? []).filter((volume) => source(JSON.stringify(volume))).map(({ name }) => name);
  return containersOf(pod).filter(({ volumeMounts = [] }) => volumeMounts.some(({ name }) => volumes.includes(name))).map(({ name }) => name);
}

/** What the Secret with the passwords says beside them. */
const OPEN_KEYS = ['database', 'host', 'port', 'username'];

for (const version of HELMS) {
  test(`${version}: with Secrets of the user's, two renderings are the same to the byte and hold no Secret`, () => {
    const [first, second] = [0, 1].map(() => template(version, { values: GITOPS }));
    assert.is(first?.status, 0, first?.stderr);
    assert.is(first?.stdout, second?.stdout);
    assert.equal(objects(first?.stdout ?? '').filter(({ kind }) => kind === 'Secret'), []);
  });

  test(`${version}: without them, passwords differ with each rendering and are in Secrets alone`, () => {
    const rendered = manifests(version, { values: {} });
    const secrets = rendered.filter(({ kind }) => kind === 'Secret');
    assert.is(secrets.length, 2);
    const words = secrets
      .flatMap((secret) => Object.entries('data' in secret && typeof secret.data === 'object' ? (secret.data ?? {}) : {}))
      .filter(([key]) => !OPEN_KEYS.includes(key))
      .map(([, word]) => String(word));
    assert.ok(words.length >= 8, 'five passwords and three files');
    const others = JSON.stringify(rendered.filter(({ kind }) => kind !== 'Secret'));
    for (const word of words) {
      assert.not.ok(others.includes(word));
      assert.not.ok(others.includes(Buffer.from(word, 'base64').toString().trim()));
    }
    assert.not.equal(secrets, manifests(version, { values: {} }).filter(({ kind }) => kind === 'Secret'));
  });

  test(`${version}: no container has a password in its environment`, () => {
    for (const container of containersOf(podOf(version, { engine: 'mariadb-11.8' }))) {
      assert.is(container.envFrom, undefined);
      assert.not.match(JSON.stringify(container.env ?? []), /secretKeyRef/, container.name);
    }
  });

  test(`${version}: the token is in the containers that ask the API, the server has none`, () => {
    const pod = podOf(version, {});
    assert.is(pod.automountServiceAccountToken, false);
    assert.equal(whoMounts(pod, (text) => text.includes('serviceAccountToken')), ['init-mysql', 'clone-mysql', 'agent']);
  });
}

test.run();
