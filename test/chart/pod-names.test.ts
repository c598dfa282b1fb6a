/** The lists of what the chart calls its own in a pod are complete, so that a rule refuses every name of a user's that collides. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isObject } from '../../generator/model/json-schema.ts';
import { valueAt } from '../../generator/model/model.ts';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { CONTAINER_NAMES, FOLDERS, TEMPORARY_FOLDER, VARIABLE_NAMES, VOLUME_NAMES_OF_POD } from '../../schema/pod-names.ts';
import { manifests } from '../support/helm.ts';

const test = suite('names in a pod');

/** All that switches something on in the pod. */
const SETTINGS: readonly PlainValues[] = [
  {},
  { storage: { kind: 'ephemeral' } },
  { storage: { kind: 'static', fixOwnership: true, static: { source: { kind: 'nfs', nfs: { server: 'nas', path: '/data' } } } } },
  { engine: 'mariadb-11.8', storage: { temporary: { kind: 'volume' } } },
  { failover: { mode: 'automatic' } },
  { metrics: { enabled: true, peers: [{ namespaceSelector: {} }] } },
];

const specs = SETTINGS.flatMap((values) =>
  manifests('helm4', { values })
    .filter(({ kind }) => kind === 'StatefulSet')
    .map((set) => valueAt(set, 'spec')),
);

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function names(values: readonly unknown[], field = 'name'): readonly string[] {
  return [...new Set(values.map((value) => String(isObject(value) ? value[field] : value)))].sort();
}

const containers = specs.flatMap((spec) => [
  ...list(valueAt(spec, 'template.spec.initContainers')),
  ...list(valueAt(spec, 'template.spec.containers')),
]);

test('containers', () => {
  assert.equal(names(containers), CONTAINER_NAMES);
});

test('volumes', () => {
  const volumes = specs.flatMap((spec) => list(valueAt(spec, 'template.spec.volumes')));
  const claims = specs.flatMap((spec) => list(valueAt(spec, 'volumeClaimTemplates'))).map((claim) => valueAt(claim, 'metadata'));
  assert.equal(names([...volumes, ...claims]), VOLUME_NAMES_OF_POD);
});

test('variables of containers that start the server', () => {
  const servers = containers.filter((container) => ['init-mysql', 'clone-mysql', 'mysql'].includes(String(valueAt(container, 'name'))));
  assert.equal(names(servers.flatMap((container) => list(valueAt(container, 'env')))), VARIABLE_NAMES);
});

test('places of mounts', () => {
  const paths = names(
    containers.flatMap((container) => list(valueAt(container, 'volumeMounts'))),
    'mountPath',
  );
  for (const path of paths) {
    assert.ok(path === TEMPORARY_FOLDER || FOLDERS.some((folder) => path === folder || path.startsWith(`${folder}/`)), path);
  }
  for (const folder of FOLDERS) assert.ok(paths.some((path) => path.startsWith(folder)), folder);
});

test.run();
