import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { template } from '../support/helm.ts';
import { writeKubernetesSchemas } from '../support/kubernetes-schemas.ts';
import { ROOT, tool } from '../support/tools.ts';
import { valuesFiles } from '../support/values-files.ts';

const test = suite('kubeconform', { schemas: '' });

test.before((context) => {
  context.schemas = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  writeKubernetesSchemas(context.schemas);
});
test.after(({ schemas }) => {
  rmSync(schemas, { recursive: true });
});

/** What cert-manager and the Prometheus operator bring to a cluster: Kubernetes itself has no schema for it, so it counts as skipped. */
const FOREIGN = ['Certificate', 'Issuer', 'PodMonitor', 'PrometheusRule'];

function conform(schemas: string, manifests: string): { status: number | null; report: string } {
  const location = `${schemas}/{{.ResourceKind}}{{.KindSuffix}}.json`;
  const args = ['-strict', '-summary', '-skip', FOREIGN.join(','), '-schema-location', location];
  const { status, stdout, stderr } = spawnSync(tool('kubeconform'), args, { input: manifests, encoding: 'utf8' });
  return { status, report: `${stdout}${stderr}` };
}

for (const file of valuesFiles()) {
  test(`Kubernetes knows every field of what ${relative(ROOT, file)} renders`, ({ schemas }) => {
    const manifests = template('helm4', { files: [file] }).stdout;
    const { status, report } = conform(schemas, manifests);
    const foreign = manifests.split('\n').filter((line) => FOREIGN.some((kind) => line === `kind: ${kind}`)).length;
    assert.is(status, 0, report);
    const [, valid, rest] = /Summary: [1-9]\d* resources found parsing stdin - Valid: ([1-9]\d*), (.*)/.exec(report) ?? [];
    assert.ok(Number(valid) > 0, report);
    assert.is(rest, `Invalid: 0, Errors: 0, Skipped: ${foreign}`);
  });
}

/** Names that YAML takes for numbers, booleans or nothing where they stand without quotes. */
const ODD_NAMES: readonly PlainValues[] = [
  { fullnameOverride: 'null', nameOverride: 'true', serviceAccount: { name: '7' }, scheduling: { priorityClassName: '1e3' } },
  { fullnameOverride: 'false', auth: { existingSecret: '123', username: '1e3', database: '0x1' }, tls: { mode: 'secret', secretName: '5' } },
  { fullnameOverride: 'null', nameOverride: 'null', initdb: { existingConfigMap: '12', scripts: { '1.sql': '' } }, global: { imagePullSecrets: ['1'] } },
  { fullnameOverride: 'true', tls: { mode: 'certManager', certManager: { issuer: { name: '1' } } }, serviceAccount: { create: false } },
];

for (const values of ODD_NAMES) {
  test(`${JSON.stringify(values)} are texts to Kubernetes, in a release and a namespace of digits`, ({ schemas }) => {
    const { status, stdout, stderr } = template('helm4', { release: '2026', namespace: '456', values });
    assert.is(status, 0, stderr);
    const { report } = conform(schemas, stdout);
    assert.match(report, /Invalid: 0, Errors: 0/);
  });
}

/** An exporter beside the server, and what it and the server mount. */
const EXTRAS: PlainValues = {
  pod: {
    extraContainers: [{ name: 'exporter', image: 'exporter:1.0.0', volumeMounts: [{ name: 'plugins', mountPath: '/plugins' }] }],
    extraVolumes: [{ name: 'plugins', configMap: { name: 'plugins' } }],
  },
  server: { extraEnv: [{ name: 'TZ', value: 'Asia/Shanghai' }], extraVolumeMounts: [{ name: 'plugins', mountPath: '/plugins' }] },
};

test('what users add to the pod is beside what the chart has, and its variables come first', ({ schemas }) => {
  const { stdout } = template('helm4', { values: EXTRAS });
  assert.match(conform(schemas, stdout).report, /Invalid: 0, Errors: 0/);
  assert.match(stdout, /command: \[bash, \/opt\/mysql-sts\/run\/start-mysql\.sh\]\n +env:\n +- name: TZ\n +value: Asia\/Shanghai\n +- name: POD_NAME\n/);
  assert.is(stdout.match(/mountPath: \/plugins$/gm)?.length, 4);
  assert.match(stdout, / {8}- image: exporter:1\.0\.0\n {10}name: exporter\n/);
});

test('a field that Kubernetes does not know is found', ({ schemas }) => {
  const { status, report } = conform(
    schemas,
    'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selectr: {a: b}}\n',
  );
  assert.is(status, 1);
  assert.match(report, /selectr/);
});

test.run();
