/** What the pods' scripts are told, and when it may change. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isObject } from '../../generator/model/json-schema.ts';
import { valueAt } from '../../generator/model/model.ts';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { ENGINES } from '../../schema/engines.ts';
import { manifests, objects, template } from '../support/helm.ts';
import { readScripts, closureOf } from '../support/closures.ts';
import { valuesFiles } from '../support/values-files.ts';

const test = suite('scripts');

/** One object of what Helm renders. */
function objectOf(kind: string, name: string, values: PlainValues): Readonly<Record<string, unknown>> {
  const found = manifests('helm4', { values }).find((object) => object.kind === kind && object.metadata.name === name);
  assert.ok(found !== undefined, `${kind} ${name}`);
  return { ...found };
}

function containersOf(values: PlainValues): readonly Readonly<Record<string, unknown>>[] {
  const set = objectOf('StatefulSet', 'demo-mysql-sts', values);
  const lists = ['initContainers', 'containers'].map((list) => valueAt(set, `spec.template.spec.${list}`));
  return lists.flat().filter(isObject);
}

function entryOf(container: Readonly<Record<string, unknown>>, list: 'env' | 'volumeMounts', name: string): unknown {
  const entries = container[list];
  return Array.isArray(entries) ? entries.filter(isObject).findLast((entry) => entry['name'] === name) : undefined;
}

/** The ConfigMaps that hold the scripts of the database's pods. */
const SERVER_SCRIPTS = ['demo-mysql-sts-server-scripts', 'demo-mysql-sts-shared-scripts'] as const;

test('a change of the engine leaves the scripts as they are, since pods that still run the old one read them, and tells each pod its own', () => {
  const scripts = ENGINES.map(({ name }) => JSON.stringify(SERVER_SCRIPTS.map((map) => objectOf('ConfigMap', map, { engine: name })['data'])));
  assert.is(new Set(scripts).size, 1);
  for (const { name } of ENGINES) {
    for (const container of containersOf({ engine: name })) {
      assert.equal(entryOf(container, 'env', 'POD_ENGINE'), { name: 'POD_ENGINE', value: name }, String(container['name']));
    }
  }
});

test('whatever starts the server has its environment and its folders', () => {
  const values = {
    pod: { extraVolumes: [{ name: 'exchange', emptyDir: {} }] },
    server: { extraEnv: [{ name: 'TZ', value: 'Europe/Berlin' }], extraVolumeMounts: [{ name: 'exchange', mountPath: '/exchange' }] },
  };
  for (const container of containersOf(values)) {
    const starts = container['name'] !== 'agent';
    assert.is(entryOf(container, 'volumeMounts', 'exchange') !== undefined, starts, String(container['name']));
    assert.is(entryOf(container, 'env', 'TZ') !== undefined, starts, String(container['name']));
  }
});

/** Bytes of a ConfigMap as JSON. `kubectl apply` keeps all of it in an annotation, of which the API server takes 262,144 bytes. */
const BUDGET = 230_000;

test('no ConfigMap of any values file is too large for an annotation', () => {
  const files = valuesFiles();
  assert.ok(files.length > 10);
  for (const file of files) {
    const { stdout } = template('helm4', { files: [file] });
    const maps = objects(stdout).filter(({ kind }) => kind === 'ConfigMap');
    assert.ok(maps.length > 1, file);
    for (const map of maps) {
      const size = Buffer.byteLength(JSON.stringify(map));
      assert.ok(size <= BUDGET, `${file}: ${map.metadata.name} has ${size} bytes`);
    }
  }
});

/** The scripts of a ConfigMap, as the volume's items place them. */
function placed(name: string, values: PlainValues = {}): readonly string[] {
  const data = objectOf('ConfigMap', name, values)['data'];
  return isObject(data) ? Object.keys(data).map((key) => key.replace('.', '/').replace(/\.sh$/, '')) : [];
}

test('the ConfigMaps of the servers have all scripts but those of backups, and that of helm test what helm test loads', async () => {
  const scripts = await readScripts();
  const servers = SERVER_SCRIPTS.flatMap((name) => placed(name));
  const backups = placed('demo-mysql-sts-backup-scripts', { backup: { enabled: true, target: { s3: { bucket: 'backups' } } } });
  assert.equal([...servers, ...backups].sort(), [...scripts.keys()].sort());
  for (const program of servers.filter((name) => name.startsWith('run/'))) {
    assert.equal(closureOf(scripts, program).filter((name) => backups.includes(name)), [], program);
  }
  const tests = placed('demo-mysql-sts-test-scripts');
  const loaded = closureOf(scripts, 'run/helm-test');
  assert.equal(loaded.filter((script) => !tests.includes(script)), []);
  assert.equal(tests.filter((script) => !loaded.includes(script) && !script.startsWith('lib/')), []);
});

test('each script lies in the folder of its name', () => {
  const volumes = [valueAt(objectOf('StatefulSet', 'demo-mysql-sts', {}), 'spec.template.spec.volumes'), valueAt(objectOf('Pod', 'demo-mysql-sts-test-replication', {}), 'spec.volumes')];
  const scripts = volumes.flat().filter(isObject).filter(({ name }) => name === 'scripts');
  const sources = scripts.flatMap((volume) => valueAt(volume, 'projected.sources') ?? [volume]).filter(isObject);
  assert.is(sources.length, SERVER_SCRIPTS.length + 1);
  for (const source of sources) {
    const items = valueAt(source, 'configMap.items');
    assert.ok(Array.isArray(items) && items.length > 10);
    const name = String(valueAt(source, 'configMap.name'));
    assert.equal(items.filter(isObject).map(({ path }) => path), placed(name).map((script) => `${script}.sh`));
    for (const { key, path } of items.filter(isObject)) assert.is(key, String(path).replace('/', '.'));
  }
});

test.run();
