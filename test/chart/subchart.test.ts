import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { typesOf } from '../../generator/model/json-schema.ts';
import { leavesOf } from '../../generator/model/model.ts';
import { HELMS, manifests, template } from '../support/helm.ts';
import { merge, valuesAt } from '../support/merge.ts';
import { projectModel } from '../support/model.ts';
import { CHART } from '../support/tools.ts';

const test = suite('as a subchart', { parent: '' });

/** A chart that uses ours under another name, shares globals of its own and deletes some of our defaults. */
const PARENT_VALUES = {
  global: { imageRegistry: 'mirror.example.com', imagePullSecrets: ['mirror-login'], shared: { by: 'the parent' } },
  database: {
    enabled: true,
    fullnameOverride: 'orders-db',
    scheduling: { tolerations: null },
  },
};

/** Helm 4 takes nulls that delete a subchart's default from a user only, not from the parent chart itself. */
const USER_VALUES = { database: { pod: { securityContext: { runAsUser: null, fsGroup: null } } } };

test.before((context) => {
  context.parent = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  mkdirSync(join(context.parent, 'charts'));
  cpSync(CHART, join(context.parent, 'charts/mysql-sts'), { recursive: true });
  const dependency = {
    name: 'mysql-sts',
    version: '>=0.0.0-0',
    repository: '',
    alias: 'database',
    condition: 'database.enabled',
  };
  const chart = { apiVersion: 'v2', name: 'orders', version: '1.0.0', dependencies: [dependency] };
  writeFileSync(join(context.parent, 'Chart.yaml'), stringify(chart));
  writeFileSync(join(context.parent, 'values.yaml'), stringify(PARENT_VALUES));
});
test.after(({ parent }) => {
  rmSync(parent, { recursive: true });
});

for (const version of HELMS) {
  test(`${version}: renders with the parent's globals and without what a user deletes`, ({ parent }) => {
    const { status, stdout, stderr } = template(version, { chart: parent, values: USER_VALUES });
    assert.is(status, 0, stderr);
    assert.match(stdout, /image: mirror\.example\.com\/library\/mysql:/);
    assert.match(stdout, /- name: mirror-login/);
    assert.not.match(stdout, /runAsUser: 999/);
    assert.match(stdout, /runAsGroup: 999/);
  });

  test(`${version}: the parent's condition leaves it out`, ({ parent }) => {
    assert.equal(manifests(version, { chart: parent, values: { database: { enabled: false } } }), []);
  });

  test(`${version}: a misspelt value is refused under the name that the parent gave`, ({ parent }) => {
    const { status, stderr } = template(version, { chart: parent, values: { database: { replicas: 5 } } });
    assert.is.not(status, 0);
    assert.match(stderr, /additional properties 'replicas' not allowed/);
  });
}

/** Everything that a user may delete. */
const NULLS = leavesOf(projectModel().root)
  .filter((leaf) => typesOf(leaf.schema).includes('null') && !leaf.path.startsWith('global.'))
  .map(({ path }) => valuesAt(path, null))
  .reduce(merge);

for (const version of HELMS) {
  test(`${version}: every null that deletes a default may come from the parent's own values`, ({ parent }) => {
    const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
    cpSync(parent, folder, { recursive: true });
    writeFileSync(join(folder, 'values.yaml'), stringify({ database: { enabled: true, ...NULLS } }));
    const { status, stderr } = template(version, { chart: folder });
    rmSync(folder, { recursive: true });
    assert.is(status, 0, stderr);
  });

  test(`${version}: broken rules are reported from a subchart as well`, ({ parent }) => {
    const { status, stderr } = template(version, { chart: parent, values: { database: { tls: { mode: 'secret' } } } });
    assert.is.not(status, 0);
    assert.match(stderr, /1\. tls\.secretName, tls\.mode: /);
  });

  test(`${version}: globals of ours are checked, those of others are not`, ({ parent }) => {
    const shared = { team: { any: ['thing'] }, number: 7 };
    assert.is(template(version, { chart: parent, values: { global: shared } }).status, 0);
    const { status, stderr } = template(version, { chart: parent, values: { global: { imageRegistry: 'no such/' } } });
    assert.is.not(status, 0);
    assert.match(stderr, /imageRegistry/);
  });
}

test.run();
