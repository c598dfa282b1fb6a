/** What the pods' scripts are told, and when it may change. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ENGINES } from '../../schema/engines.ts';
import { isObject } from '../../generator/json-schema.ts';
import type { PlainValues } from '../../generator/evaluate-rules.ts';
import { valueAt } from '../../generator/model.ts';
import { manifests } from '../support/helm.ts';

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

test('a change of the engine leaves the scripts as they are, since pods that still run the old one read them, and tells each pod its own', () => {
  const scripts = ENGINES.map(({ name }) => JSON.stringify(objectOf('ConfigMap', 'demo-mysql-sts-server-scripts', { engine: name })['data']));
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

test.run();
