import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../files/package-root.ts';
import { assertSchema, type SchemaMap } from '../model/json-schema.ts';

const FILE = join(PACKAGE_ROOT, 'schema/kubernetes-api.json');

/** The types of Kubernetes' own API that the model passes on, by their names. */
export function readKubernetesApi(): SchemaMap {
  const content: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
  const document: unknown = { definitions: content };
  assertSchema(document);
  return document.definitions ?? {};
}
