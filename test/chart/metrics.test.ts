/** What metrics.enabled brings into a pod, and what it leaves as it is. */
import type { V1Container, V1StatefulSet } from '@kubernetes/client-node';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { manifests, type Manifest } from '../support/helm.ts';
import { merge } from '../support/merge.ts';

const test = suite('metrics');

const ON: PlainValues = { metrics: { enabled: true, peers: [{ namespaceSelector: {} }] } };

const isStatefulSet = (one: Manifest): one is Manifest & V1StatefulSet => one.kind === 'StatefulSet';

function containers(values: PlainValues): readonly V1Container[] {
  return manifests('helm4', { values }).find(isStatefulSet)?.spec?.template.spec?.containers ?? [];
}

const named = (all: readonly V1Container[], name: string): V1Container | undefined => all.find((container) => container.name === name);
const NAMES = ['server-metrics', 'agent-metrics'] as const;

test('two containers come along, and the server stays as it is', () => {
  const [off, on] = [containers({}), containers(ON)];
  assert.equal(off.map(({ name }) => name), ['mysql', 'agent']);
  assert.equal(on.map(({ name }) => name), ['mysql', 'agent', ...NAMES]);
  assert.equal(named(on, 'mysql'), named(off, 'mysql'));
  assert.equal(named(on, 'agent')?.env, named(off, 'agent')?.env);
});

test('an exporter sees what it serves, and no token, data or password file of the Secret', () => {
  const mounts = (name: string): readonly unknown[] => named(containers(ON), name)?.volumeMounts ?? [];
  assert.equal(mounts('server-metrics'), [{ name: 'run', mountPath: '/run/mysql-sts', readOnly: true }]);
  assert.equal(mounts('agent-metrics'), [{ name: 'metrics', mountPath: '/run/mysql-sts-metrics', readOnly: true }]);
});

test('an exporter is nobody where the pod names a user, and what the values say where they do', () => {
  const users = (values: PlainValues): readonly unknown[] => NAMES.map((name) => named(containers(merge(ON, values)), name)?.securityContext?.runAsUser);
  assert.equal(users({}), [65534, 65534]);
  assert.equal(users({ container: { securityContext: { runAsUser: 1000 } } }), [1000, 1000]);
  assert.equal(users({ pod: { securityContext: { runAsUser: null } } }), [undefined, undefined]);
});

test('no probe of an exporter decides about the pod', () => {
  for (const name of NAMES) {
    const container = named(containers(ON), name);
    assert.equal([container?.readinessProbe, container?.livenessProbe, container?.startupProbe], [undefined, undefined, undefined]);
  }
});

test('a PodMonitor is made where it is asked for alone, and reads both', () => {
  const found = (values: PlainValues): readonly Manifest[] => manifests('helm4', { values }).filter(({ kind }) => kind === 'PodMonitor');
  assert.equal(found({}), []);
  assert.equal(found(ON), []);
  const [monitor] = found(merge(ON, { metrics: { podMonitor: { enabled: true, interval: '15s' } } }));
  const text = JSON.stringify(monitor);
  for (const word of ['"port":"server-metrics"', '"port":"agent-metrics"', '"interval":"15s"', '"targetLabel":"release"']) assert.match(text, word);
});

test.run();
