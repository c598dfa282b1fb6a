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

function conform(schemas: string, manifests: string): { status: number | null; report: string } {
  const location = `${schemas}/{{.ResourceKind}}{{.KindSuffix}}.json`;
  const args = ['-strict', '-summary', '-schema-location', location];
  const { status, stdout, stderr } = spawnSync(tool('kubeconform'), args, { input: manifests, encoding: 'utf8' });
  return { status, report: `${stdout}${stderr}` };
}

for (const file of valuesFiles()) {
  test(`Kubernetes knows every field of what ${relative(ROOT, file)} renders`, ({ schemas }) => {
    const { status, report } = conform(schemas, template('helm4', { files: [file] }).stdout);
    assert.is(status, 0, report);
    assert.match(
      report,
      /Summary: [1-9]\d* resources found parsing stdin - Valid: [1-9]\d*, Invalid: 0, Errors: 0, Skipped: 0/,
    );
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
