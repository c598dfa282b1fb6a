import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Schema } from '../../generator/model/json-schema.ts';
import { mapSchemas } from '../../generator/model/map-schemas.ts';
import { assertGolden } from '../support/golden.ts';
import { kubernetesFragments } from '../support/kubernetes-fragments.ts';
import { projectModel } from '../support/model.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('schema/kubernetes-api.json');

/** The types of Kubernetes that the model names by its tag. */
function taggedTypes(document: Schema): readonly string[] {
  const names = new Set<string>();
  mapSchemas(document, (schema) => {
    if (schema.kubernetes !== undefined) names.add(schema.kubernetes);
    return schema;
  });
  return [...names].sort();
}

test('it is what the pinned Kubernetes says of the types that the model passes on', () => {
  const names = taggedTypes(projectModel().schema);
  assert.ok(names.length > 5);
  const text = `${JSON.stringify(kubernetesFragments(names), undefined, 1)}\n`;
  assertGolden(join(ROOT, 'schema/kubernetes-api.json'), text);
});

test.run();
