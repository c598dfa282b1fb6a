/** What all objects of a release carry, and what does not replace its pods. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isObject } from '../../generator/model/json-schema.ts';
import { valueAt } from '../../generator/model/model.ts';
import { manifests, type Manifest } from '../support/helm.ts';
import { CHART } from '../support/tools.ts';

const test = suite('objects');

const EVERYTHING = {
  commonLabels: { 'cost-center': '17' },
  commonAnnotations: { 'example.com/owner': 'orders' },
  storage: { labels: { backup: 'nightly' } },
  services: { primary: { labels: { 'cost-center': '18' }, annotations: { 'example.com/owner': 'network' } } },
  pod: { labels: { 'sidecar.istio.io/inject': 'false' }, annotations: { 'example.com/on-call': 'orders' } },
  scheduling: { nodeSelector: { pool: 'databases' }, tolerations: [{ key: 'databases', operator: 'Exists' }] },
};

function find(objects: readonly Manifest[], kind: string): Manifest {
  const found = objects.find((object) => object.kind === kind);
  if (found === undefined) throw new Error(`Nothing of the kind ${kind} is rendered.`);
  return found;
}

/** A label or annotation, whose key has dots. */
function metadata(object: unknown, place: string, key: string): unknown {
  const map = valueAt(object, place);
  return isObject(map) ? map[key] : undefined;
}

test('common labels and annotations are on every object and on every pod', () => {
  const objects = manifests('helm4', { values: EVERYTHING });
  assert.ok(objects.length > 10);
  for (const object of objects) {
    const isPrimary = object.metadata.name.endsWith('-primary');
    assert.is(metadata(object, 'metadata.labels', 'cost-center'), isPrimary ? '18' : '17', object.metadata.name);
    assert.is(metadata(object, 'metadata.annotations', 'example.com/owner'), isPrimary ? 'network' : 'orders', object.metadata.name);
  }
  const template = valueAt(find(objects, 'StatefulSet'), 'spec.template');
  assert.is(metadata(template, 'metadata.labels', 'cost-center'), '17');
  assert.is(metadata(template, 'metadata.annotations', 'example.com/owner'), 'orders');
});

test('claims have the labels that the values give them, and not the common ones, since Kubernetes never changes them', () => {
  const templates: unknown = valueAt(find(manifests('helm4', { values: EVERYTHING }), 'StatefulSet'), 'spec.volumeClaimTemplates');
  const claim: unknown = Array.isArray(templates) ? templates[0] : undefined;
  assert.is(metadata(claim, 'metadata.labels', 'backup'), 'nightly');
  assert.is(metadata(claim, 'metadata.labels', 'cost-center'), undefined);
});

test("the pod of helm test has the pods' labels, and goes where they go", () => {
  const pod = find(manifests('helm4', { values: EVERYTHING }), 'Pod');
  assert.is(metadata(pod, 'metadata.labels', 'sidecar.istio.io/inject'), 'false');
  assert.is(metadata(pod, 'metadata.annotations', 'example.com/on-call'), 'orders');
  assert.equal(valueAt(pod, 'spec.nodeSelector'), { pool: 'databases' });
  assert.equal(valueAt(pod, 'spec.tolerations'), [{ key: 'databases', operator: 'Exists' }]);
});

test('a new version of the chart that changes nothing in the pods replaces none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  try {
    cpSync(CHART, folder, { recursive: true });
    const file = join(folder, 'Chart.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^version: .*$/m, 'version: 99.0.0'));
    const [old, now] = [CHART, folder].map((chart) => find(manifests('helm4', { chart }), 'StatefulSet'));
    assert.is(metadata(now, 'metadata.labels', 'helm.sh/chart'), 'mysql-sts-99.0.0');
    assert.equal(valueAt(now, 'spec.template'), valueAt(old, 'spec.template'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the Secret says how the application connects, with a password of its own or a random one', () => {
  const read = (values: object): Readonly<Record<string, string>> => {
    const data = valueAt(manifests('helm4', { values: { ...values } }).find(({ kind, metadata: { name } }) => kind === 'Secret' && name === 'demo-mysql-sts'), 'data');
    return Object.fromEntries(Object.entries(isObject(data) ? data : {}).map(([key, text]) => [key, Buffer.from(String(text), 'base64').toString()]));
  };
  const { uri, host, port, username, database, password } = read({ auth: { password: 'p w+/ä' }, services: { primary: { port: 3307 } } });
  assert.equal([host, port, username, database, password], ['demo-mysql-sts-primary.shop.svc.cluster.local', '3307', 'app', 'app', 'p w+/ä']);
  assert.is(new URL(uri ?? '').host, 'demo-mysql-sts-primary.shop.svc.cluster.local:3307');
  assert.is(decodeURIComponent(new URL(uri ?? '').password), 'p w+/ä');
  const random = read({});
  assert.is(new URL(random['uri'] ?? '').password, random['password']);
  assert.is(read({ auth: { username: '' } })['uri'], undefined);
});

test('extra objects are rendered, templates in them too', () => {
  const extraObjects = [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '{{ .Release.Name }}-mine' }, data: { name: '{{ include "mysql-sts.fullname" . }}' } },
  ];
  const mine = manifests('helm4', { values: { extraObjects } }).find(({ metadata: { name } }) => name === 'demo-mine');
  assert.equal(valueAt(mine, 'data'), { name: 'demo-mysql-sts' });
});

test('a change of the configuration replaces them', () => {
  const sum = (values: object): unknown =>
    metadata(valueAt(find(manifests('helm4', { values: { ...values } }), 'StatefulSet'), 'spec.template'), 'metadata.annotations', 'checksum/config');
  assert.is.not(sum({}), sum({ config: { replica: '[mysqld]\nmax_connections = 7\n' } }));
});

test.run();
