/** Who may connect to which port: the rendered NetworkPolicy, evaluated, since not every node enforces one. */
import type { V1NetworkPolicy, V1Pod, V1StatefulSet } from '@kubernetes/client-node';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { manifests, type Manifest } from '../support/helm.ts';
import { whoReaches, type Namespaces, type Party } from '../support/reach.ts';

const test = suite('network policy');

const NAMESPACES: Namespaces = { shop: {}, web: { team: 'web' }, elsewhere: {} };

/** Values with a clone port. */
const STREAMED: PlainValues = { engine: 'mariadb-11.8' };

const isStatefulSet = (one: Manifest): one is Manifest & V1StatefulSet => one.kind === 'StatefulSet';
const isPolicy = (one: Manifest): one is Manifest & V1NetworkPolicy => one.kind === 'NetworkPolicy';
const isPod = (one: Manifest): one is Manifest & V1Pod => one.kind === 'Pod';

interface Cluster {
  readonly primary: Party;
  readonly parties: readonly Party[];
  readonly policies: readonly Manifest[];
}

/** A release in the namespace shop beside everybody else. */
function cluster(values: PlainValues): Cluster {
  const rendered = manifests('helm4', { values });
  const labels = podLabels(rendered);
  const primary = { name: 'primary', namespace: 'shop', labels, address: '10.0.0.10' };
  const parties: readonly Party[] = [
    primary,
    { name: 'replica', namespace: 'shop', labels, address: '10.0.0.11' },
    { name: 'helm test', namespace: 'shop', labels: rendered.find(isPod)?.metadata.labels ?? {}, address: '10.0.0.12' },
    { name: 'backup', namespace: 'shop', labels: { ...labels, 'app.kubernetes.io/component': 'backup' }, address: '10.0.0.16' },
    { name: 'client', namespace: 'shop', labels: { app: 'checkout' }, address: '10.0.0.13' },
    { name: 'neighbour', namespace: 'shop', labels: { app: 'mail' }, address: '10.0.0.14' },
    { name: 'other release', namespace: 'shop', labels: podLabels(manifests('helm4', { release: 'other', values })), address: '10.0.0.15' },
    { name: 'web', namespace: 'web', labels: { app: 'page' }, address: '10.0.1.10' },
    { name: 'same labels elsewhere', namespace: 'elsewhere', labels, address: '10.0.2.10' },
    { name: 'office', address: '192.0.2.7' },
    { name: 'internet', address: '203.0.113.9' },
  ];
  return { primary, parties, policies: rendered.filter(isPolicy) };
}

function podLabels(rendered: readonly Manifest[]): Readonly<Record<string, string>> {
  return rendered.find(isStatefulSet)?.spec?.template.metadata?.labels ?? {};
}

function reaching(values: PlainValues, port: number): readonly string[] {
  const { primary, parties, policies } = cluster(values);
  return whoReaches({ namespaces: NAMESPACES, parties, policies }, primary, port);
}

const EVERYBODY = ['replica', 'helm test', 'backup', 'client', 'neighbour', 'other release', 'web', 'same labels elsewhere', 'office', 'internet'];

test('the clone port is open to the release\'s own pods alone, by default', () => {
  assert.equal(reaching(STREAMED, 3307), ['replica']);
  assert.equal(reaching({ engine: 'mysql-8.0', clone: { method: 'xtrabackup' } }, 3307), ['replica']);
});

test('where nothing listens on the clone port, it is closed to all', () => {
  assert.equal(reaching({}, 3307), []);
});

test('clients reach the servers and nothing else, by default', () => {
  assert.equal(reaching({}, 3306), EVERYBODY);
  for (const port of [22, 3307, 33060, 33062]) assert.equal(reaching({}, port), []);
});

test('with a list of peers, it and the release itself reach the servers', () => {
  const peers = [
    { podSelector: { matchLabels: { app: 'checkout' } } },
    { namespaceSelector: { matchLabels: { team: 'web' } } },
    { ipBlock: { cidr: '192.0.2.0/24' } },
  ];
  const values = { ...STREAMED, networkPolicy: { clients: 'peers', peers } };
  assert.equal(reaching(values, 3306), ['replica', 'helm test', 'client', 'web', 'office']);
  assert.equal(reaching(values, 3307), ['replica']);
});

test('a peer in a namespace is not its twin in another one', () => {
  const peers = [{ podSelector: { matchLabels: { app: 'page' } } }];
  assert.equal(reaching({ networkPolicy: { clients: 'peers', peers } }, 3306), ['replica', 'helm test']);
});

test('extra ports are open to the clients and among the pods of the release', () => {
  const extraPorts = [{ port: 15008 }];
  assert.equal(reaching({ networkPolicy: { extraPorts } }, 15008), EVERYBODY);
  const peers = [{ podSelector: { matchLabels: { app: 'checkout' } } }];
  const values = { networkPolicy: { clients: 'peers', peers, extraPorts } };
  assert.equal(reaching(values, 15008), ['replica', 'helm test', 'client']);
  assert.equal(reaching(values, 3307), []);
});

test('an extra rule opens a port to those whom it names, and nothing else', () => {
  const extraIngress = [{ from: [{ namespaceSelector: { matchLabels: { team: 'web' } } }], ports: [{ port: 9104 }] }];
  const values = { networkPolicy: { clients: 'peers', peers: [{ ipBlock: { cidr: '192.0.2.0/24' } }], extraIngress } };
  assert.equal(reaching(values, 9104), ['web']);
  assert.equal(reaching(values, 3306), ['replica', 'helm test', 'office']);
});

test('metrics are open to those who read them alone', () => {
  const metrics = { enabled: true, peers: [{ namespaceSelector: { matchLabels: { team: 'web' } } }] };
  for (const port of [9104, 9105]) {
    assert.equal(reaching({}, port), []);
    assert.equal(reaching({ metrics }, port), ['web']);
  }
  assert.equal(reaching({ metrics }, 3306), EVERYBODY);
  assert.equal(reaching({ ...STREAMED, metrics }, 3307), ['replica']);
});

test('the pods of backups reach the servers and the clone port, where there are backups', () => {
  const peers = [{ podSelector: { matchLabels: { app: 'checkout' } } }];
  const closed = { ...STREAMED, networkPolicy: { clients: 'peers', peers } };
  const backup = { enabled: true, target: { s3: { bucket: 'backups' } } };
  for (const port of [3306, 3307]) assert.not.ok(reaching(closed, port).includes('backup'));
  for (const port of [3306, 3307]) assert.ok(reaching({ ...closed, backup }, port).includes('backup'));
});

test('without the policy, the evaluator calls everything open', () => {
  for (const port of [3306, 3307]) assert.equal(reaching({ ...STREAMED, networkPolicy: { enabled: false } }, port), EVERYBODY);
});

test.run();
