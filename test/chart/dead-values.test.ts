/** No value does nothing: each is changed alone, and the manifests must change. */
import { X509Certificate } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { leavesOf, valueAt, type Leaf } from '../../generator/model/model.ts';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { normaliseRendering } from '../support/golden.ts';
import { templateLater } from '../support/helm.ts';
import { merge, valuesAt } from '../support/merge.ts';
import { projectModel } from '../support/model.ts';
import { otherValues } from '../support/other-values.ts';
import { DEFAULT_SUBJECT } from '../support/override-schema.ts';
import { mistakesIn } from '../support/verdict.ts';

const test = suite('dead values');

/** As many as the machines that tests run on have processors. */
const AT_A_TIME = 2;

/** Values that change no manifest, with the reason. */
const WITHOUT_TRACE: Readonly<Record<string, string>> = {};

/** Values that rules let nobody change alone, with what has to change beside them. */
const TOGETHER: Readonly<Record<string, PlainValues>> = {
  // A Secret without the mode, and the mode without a Secret, are refused.
  'tls.mode': { tls: { secretName: 'certificates' } },
  // Nobody may be let in by a list that is empty, and a list needs the mode that reads it.
  // Metrics that nobody may read are refused.
  'metrics.enabled': { metrics: { peers: [{ podSelector: {} }] } },
  'networkPolicy.clients': { networkPolicy: { peers: [{ podSelector: {} }] } },
  // Backups need a place, and so does a restore.
  'backup.enabled': { backup: { target: { s3: { bucket: 'bucket' } } } },
  'restore.enabled': { restore: { target: { s3: { bucket: 'bucket' } } } },
  'backup.target.kind': { backup: { enabled: true, target: { volume: { existingClaim: 'claim' } } } },
  'restore.target.kind': { restore: { enabled: true, target: { volume: { existingClaim: 'claim' } } } },
};

/** With Secrets made beforehand nothing is random, and Helm has no certificates to make. */
const SECRETS: PlainValues = {
  auth: { existingSecret: 'passwords' },
  tls: { mode: 'secret', secretName: 'certificates' },
};

const PLACES: PlainValues = {
  nfs: { server: 'nas', path: '/data' },
  hostPath: { path: '/data' },
  local: { path: '/data', node: 'node-1' },
};

const staticVolumes = (kind: string): PlainValues =>
  merge(SECRETS, { storage: { kind: 'static', static: { source: { kind, ...PLACES } } } });

/** A target of each kind, with what only then is read. */
const TARGETS: readonly PlainValues[] = [
  { s3: { bucket: 'bucket', existingSecret: 'keys', authority: { kind: 'secret', name: 'authority' } }, encryption: { existingSecret: 'key' } },
  { kind: 'volume', volume: { existingClaim: 'claim' } },
  { kind: 'volume', volume: { nfs: { server: 'nas', path: '/data' } } },
];

/** Where a value is tried, in this order, until it shows: some matter only beside others. */
const SETTINGS: readonly PlainValues[] = [
  SECRETS,
  staticVolumes('nfs'),
  staticVolumes('hostPath'),
  staticVolumes('local'),
  merge(SECRETS, { storage: { temporary: { kind: 'volume' } } }),
  merge(SECRETS, { services: { primary: { type: 'LoadBalancer' }, read: { type: 'LoadBalancer' } } }),
  merge(SECRETS, { services: { primary: { type: 'NodePort' }, read: { type: 'NodePort' } } }),
  merge(SECRETS, { engine: 'mariadb-11.8' }),
  merge(SECRETS, { engine: 'mysql-5.7' }),
  merge(SECRETS, { engine: 'mysql-8.4', clone: { method: 'xtrabackup' } }),
  merge(SECRETS, { replicaCount: 1 }),
  merge(SECRETS, { engine: 'mysql-5.7' }),
  merge(SECRETS, { networkPolicy: { clients: 'peers', peers: [{ podSelector: {} }] } }),
  merge(SECRETS, { tls: { mode: 'certManager', secretName: '', certManager: { issuer: { name: 'issuer' }, renewBefore: '1s' } } }),
  merge(SECRETS, { metrics: { enabled: true, peers: [{ podSelector: {} }], podMonitor: { enabled: true }, rules: { enabled: true }, dashboard: { enabled: true } } }),
  merge(SECRETS, { metrics: { enabled: true, peers: [{ podSelector: {} }], rules: { enabled: true, kind: 'ConfigMap' } } }),
  merge(SECRETS, { serviceAccount: { create: false } }),
  merge(SECRETS, { failover: { mode: 'automatic' } }),
  ...TARGETS.flatMap((target) => [merge(SECRETS, { backup: { enabled: true, target } }), merge(SECRETS, { restore: { enabled: true, target } })]),
  {},
];

const renderings = new Map<string, Promise<string>>();

/** The manifests of values; what is random is left out. The same values are rendered once. */
function rendering(values: PlainValues): Promise<string> {
  const key = JSON.stringify(values);
  const known = renderings.get(key) ?? render(values);
  renderings.set(key, known);
  return known;
}

async function render(values: PlainValues): Promise<string> {
  const { status, stdout, stderr } = await templateLater('helm4', values);
  if (status !== 0) throw new Error(`${JSON.stringify(values)}: ${stderr}`);
  return normaliseRendering(stdout) + subjectsOf(stdout);
}

/** The names in a generated certificate; the rest of it is random. */
function subjectsOf(manifests: string): string {
  const [, encoded] = /^ {2}tls\.crt: (\S+)$/m.exec(manifests) ?? [];
  return encoded === undefined ? '' : (new X509Certificate(Buffer.from(encoded, 'base64')).subjectAltName ?? '');
}

/** Whether some other value of a leaf changes what is rendered. */
async function shows(leaf: Leaf): Promise<boolean> {
  for (const setting of SETTINGS) {
    const value = valueAt(merge(DEFAULT_SUBJECT.values, setting), leaf.path);
    const changed = otherValues(leaf, value)
      .map((other) => merge(merge(setting, TOGETHER[leaf.path] ?? {}), valuesAt(leaf.path, other)))
      .find((values) => mistakesIn(values).length === 0);
    if (changed !== undefined && (await rendering(changed)) !== (await rendering(setting))) return true;
  }
  return false;
}

test('a change of any value changes the manifests', async () => {
  const waiting = [...leavesOf(projectModel().root)];
  const silent: string[] = [];
  let changed = 0;
  const work = async (): Promise<void> => {
    for (let leaf = waiting.shift(); leaf !== undefined; leaf = waiting.shift()) {
      if (await shows(leaf)) changed += 1;
      else silent.push(leaf.path);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  process.stdout.write(`\n    ${changed} values changed, each alone, and each changed the manifests; ${renderings.size} renderings\n`);
  assert.equal(silent.sort(), Object.keys(WITHOUT_TRACE).sort());
});

test.run();
