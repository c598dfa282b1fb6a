import { join } from 'node:path';
import { statSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { typesOf } from '../../generator/model/json-schema.ts';
import { mapSchemas } from '../../generator/model/map-schemas.ts';
import { readKubernetesApi } from '../../generator/phases/read-kubernetes-api.ts';
import { leavesOf, type Leaf } from '../../generator/model/model.ts';
import { depthOf, saysMoreThanItsKey } from '../support/depth.ts';
import { projectModel } from '../support/model.ts';
import { CHART } from '../support/tools.ts';

const KUBERNETES = readKubernetesApi();
const test = suite('depth of the schema');

const model = projectModel();
const depth = depthOf(model);

/** Helm reads the file at each command and keeps it in each release. */
const LARGEST = 300 * 1024;

/** Other charts' schemas, counted in August 2026, with the columns of our own row. */
const OTHERS: readonly (readonly string[])[] = [
  ['HelmForge mysql', '95', '78', '13', ''],
  ['cloudnative-pg cluster', '100', '53', '0', '0'],
  ['traefik', '82', '72', '3', '3'],
  ['cert-manager', '76', '75', '0', '0'],
  ['Bitnami mysql', '5', '1', '0', '0'],
];

const percent = (part: number, whole: number): string => String(Math.floor((100 * part) / whole));
const pathsOf = (leaves: readonly Leaf[]): readonly string[] => leaves.map((leaf) => leaf.path);

function row(...[chart = '', ...figures]: readonly string[]): string {
  return `    ${chart.padEnd(24)}${figures.map((figure) => figure.padStart(13)).join('')}\n`;
}

test.after(() => {
  const { leaves, described, constrainable, constrained, directly, kubernetes, open } = depth;
  const shares = [constrained, directly].map((part) => percent(part.length, constrainable.length));
  const ours = ['100', percent(described.length, leaves), ...shares];
  const lines = [
    `\n    ${leaves} leaves, of which ${kubernetes.length} are Kubernetes' own types; ${open.length} open objects, each with a reason\n`,
    row('% of leaves', 'named', 'described', 'constrained', 'directly'),
    row('mysql-sts', ...ours),
    ...OTHERS.map((other) => row(...other)),
  ];
  process.stdout.write(lines.join(''));
});

test('every value is described by a sentence that says more than its key', () => {
  const mute = leavesOf(model.root).filter((leaf) => !depth.described.includes(leaf));
  assert.equal(pathsOf(mute), []);
});

test('a description that repeats its key is found', () => {
  const [leaf] = depth.constrained;
  assert.ok(leaf);
  assert.not(saysMoreThanItsKey({ ...leaf, path: 'storage.className', description: 'The class name of the storage.' }));
});

test('at least nine in ten leaves that are not booleans are constrained', () => {
  const { constrained, constrainable } = depth;
  const loose = constrainable.filter((leaf) => !constrained.includes(leaf));
  assert.ok(constrained.length >= 0.9 * constrainable.length, `not constrained: ${pathsOf(loose).join(', ')}`);
});

test('every open object is open for a reason', () => {
  assert.equal(
    depth.open.filter(({ reason }) => reason === undefined),
    [],
  );
});

test('every pattern, of keys too, and every word of an enumeration is explained', () => {
  mapSchemas(model.schema, (schema) => {
    if (schema.pattern !== undefined && schema.description !== undefined) assert.ok(schema.form, schema.description);
    if (schema.patternProperties !== undefined) assert.ok(schema.keyForm, schema.description);
    return schema;
  });
  // Kubernetes explains the words of its own types.
  const own = Object.entries(model.schema.definitions ?? {}).filter(([, { kubernetes }]) => kubernetes === undefined);
  mapSchemas({ ...model.schema, definitions: Object.fromEntries(own) }, (schema) => {
    if (schema.enum !== undefined) assert.ok(schema.choices, schema.description);
    return schema;
  });
});

/** Types that grow with every Kubernetes. */
const GROWING = ['Container', 'Volume'];

test("Kubernetes' types are typed one level deep; those that grow are open, and the others have all fields", () => {
  const types = Object.values(model.schema.definitions ?? {}).filter((schema) => schema.kubernetes !== undefined);
  assert.ok(types.length > 5);
  for (const { kubernetes, properties = {}, additionalProperties } of types) {
    assert.is(additionalProperties, GROWING.includes(kubernetes ?? ''), kubernetes);
    if (additionalProperties === false) {
      assert.equal(Object.keys(properties).sort(), Object.keys(KUBERNETES[kubernetes ?? '']?.properties ?? {}).sort(), kubernetes);
    }
    assert.ok(Object.keys(properties).length > 0, kubernetes);
    for (const member of Object.values(properties)) assert.ok(member.$ref ?? typesOf(member).length > 0, kubernetes);
  }
});

test('values.schema.json is small', () => {
  const { size } = statSync(join(CHART, 'values.schema.json'));
  assert.ok(size < LARGEST, `${size} bytes`);
});

test.run();
