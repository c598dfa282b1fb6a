import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
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

/** What cert-manager brings to a cluster: Kubernetes itself has no schema for it, so it counts as skipped. */
const FOREIGN = ['Certificate', 'Issuer'];

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

test('a field that Kubernetes does not know is found', ({ schemas }) => {
  const { status, report } = conform(
    schemas,
    'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selectr: {a: b}}\n',
  );
  assert.is(status, 1);
  assert.match(report, /selectr/);
});

test.run();
