/** What check makes of other charts' words, and of values that lie in something else. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Finding } from '../../generator/check/finding.ts';
import { judge } from '../../generator/check/judge.ts';
import { readFile } from '../../generator/check/read-file.ts';
import { readChart, valuesOf } from '../../generator/compare/read-chart.ts';
import { CHART } from '../support/tools.ts';

const test = suite("other charts' values in check");
const chart = valuesOf(await readChart(CHART));

function findings(text: string, file = 'values.yaml'): readonly Finding[] {
  const read = readFile({ file, text }, chart.schema);
  return [...read.findings, ...(read.isForeign || read.entry === undefined ? [] : judge(read.entry, chart))];
}

/** Keys of other charts in a file of ours, and what each is answered with. */
const WORDS: readonly (readonly [text: string, answer: string])[] = [
  ['imagePullSecrets: [a]', 'images.pullSecrets'],
  ['tls: {existingSecret: x}', 'tls.secretName'],
  ['tls: {cert: x}', 'Certificates come from a Secret: set tls.mode to secret, and tls.secretName.'],
  ['tls: {client: {enabled: true}}', 'The server has a certificate in any case; tls.mode says from where.'],
  ['auth: {existingSecretRootPasswordKey: x}', 'auth.secretKeys.root'],
  ['auth: {rootPassword: x}', 'Passwords come from a Secret, which auth.existingSecret names; without one, the chart makes random ones.'],
  ['rootPassword: x', 'Passwords come from a Secret, which auth.existingSecret names; without one, the chart makes random ones.'],
  ['initdbScripts: {}', 'initdb.scripts'],
  ['initdbScriptsConfigMap: x', 'initdb.existingConfigMap'],
  ['podLabels: {}', 'pod.labels'],
  ['podSecurityContext: {}', 'pod.securityContext'],
  ['livenessProbe: {}', 'probes.liveness'],
  ['pdb: {}', 'podDisruptionBudget'],
  ['persistence: {}', 'storage'],
  ['podAntiAffinityPreset: hard', 'scheduling.antiAffinity'],
  ['architecture: replication', 'replicaCount'],
  ['replicas: 3', 'replicaCount'],
  ['storage: {sise: 1Gi}', 'size'],
];

for (const [text, answer] of WORDS) {
  test(`${text} is answered`, () => {
    const [finding] = findings(`engine: mysql-8.4\n${text}\n`);
    assert.ok(finding !== undefined);
    assert.is(finding.code, 'UNKNOWN_KEY');
    assert.is(finding.suggestion ?? finding.cure, answer);
  });
}

test('a file of another chart is one finding', () => {
  const found = findings('primary: {persistence: {size: 1Gi}}\nsecondary: {replicaCount: 1}\nmetrics: {enabled: true}\n', 'mariadb.yaml');
  assert.equal(
    found.map(({ code, message }) => `${code} ${message}`),
    ["OTHER_CHART These are values of Bitnami's chart mariadb, as primary shows."],
  );
});

test('a foreign key in a file of ours is an unknown key among others', () => {
  assert.equal(
    findings('storage: {size: 1Gi}\nprimary: {}\nreplicas: 1\n').map(({ code }) => code),
    ['UNKNOWN_KEY', 'UNKNOWN_KEY'],
  );
});

/** Values inside something else, the line of the mistake in them, and its file. */
const WRAPPED: readonly (readonly [name: string, text: string, line: number])[] = [
  ['HelmRelease', 'apiVersion: a\nkind: HelmRelease\nspec:\n  values:\n    storage: {sise: 1Gi}\n', 5],
  ['Application with an object', 'kind: Application\nspec: {source: {helm: {valuesObject: {\n  storage: {sise: 1Gi}}}}}\n', 3],
  [
    'Application with a text',
    'kind: Application\nspec:\n  source:\n    helm:\n      values: |\n        # ours\n        storage: {sise: 1Gi}\n',
    2,
  ],
  ['helm get values', 'USER-SUPPLIED VALUES:\nstorage: {sise: 1Gi}\n', 2],
];

for (const [name, text, line] of WRAPPED) {
  test(`values in ${name} are judged in place`, () => {
    const found = findings(text);
    assert.equal(
      found.map(({ path, place }) => [path, place?.line]),
      [['storage.sise', line]],
    );
  });
}

test('what helm get values prints for a release without values sets nothing', () => {
  assert.equal(findings('USER-SUPPLIED VALUES:\nnull\n'), []);
});

test('files that only another program can open are named as what they are', () => {
  const sealed = ['sops:\n  mac: ENC[]\nstorage: {size: x}\n', '{{ if .x }}\nstorage: {}\n{{ end }}\n'].map((text) => findings(text));
  assert.equal(
    sealed.map((found) => found.map(({ code }) => code)),
    [['SEALED'], ['SEALED']],
  );
});

test('an object without values is named as what it is', () => {
  const [finding, ...others] = findings('apiVersion: mysql.presslabs.org/v1alpha1\nkind: MysqlCluster\nspec: {replicas: 2}\n');
  assert.is(finding?.message, 'This is an object of Kubernetes, a MysqlCluster, and no values are in it.');
  assert.equal(others, []);
});

test('a key that stands twice hides no other mistake', () => {
  assert.equal(
    findings('replicaCount: 3\nreplicaCount: 5\nengin: x\n').map(({ code }) => code),
    ['DUPLICATE_KEY', 'UNKNOWN_KEY'],
  );
});

test.run();
