import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../generator/model/json-schema.ts';
import { ROOT } from './tools.ts';

/** A type of the specification. */
export type Definition = Readonly<Record<string, unknown>>;

/** Types whose JSON is not what the specification says: numbers are taken beside strings. */
const LOOSE: Readonly<Record<string, Definition>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: ['string', 'number'] },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: ['string', 'integer'] },
};

/**
 * Writes Kubernetes' own API as JSON Schema, in the layout that kubeconform reads. It comes from the module that the
 * test cluster is built from, so no network is needed. An object may have no field that its type lacks.
 */
export function writeKubernetesSchemas(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const definitions = Object.entries(apiDefinitions());
  const closed = Object.fromEntries(definitions.map(([name, definition]) => [name, LOOSE[name] ?? closedObject(definition)]));
  writeFileSync(join(folder, '_definitions.json'), JSON.stringify({ definitions: closed }));
  for (const [name, definition] of definitions) {
    for (const file of fileNames(definition)) {
      writeFileSync(join(folder, file), JSON.stringify({ $ref: `_definitions.json#/definitions/${name}` }));
    }
  }
}

/** All types of the specification, by their full names. */
export function apiDefinitions(): Readonly<Record<string, Definition>> {
  const options = { cwd: join(ROOT, 'tools/kubernetes'), encoding: 'utf8' } as const;
  const module: unknown = JSON.parse(execFileSync('go', ['mod', 'download', '-json', 'k8s.io/kubernetes'], options));
  if (!isObject(module) || typeof module['Dir'] !== 'string') throw new Error('The module k8s.io/kubernetes cannot be had.');
  const swagger: unknown = JSON.parse(readFileSync(join(module['Dir'], 'api/openapi-spec/swagger.json'), 'utf8'));
  const definitions = isObject(swagger) ? swagger['definitions'] : undefined;
  if (!isObject(definitions)) throw new Error('The specification of Kubernetes has no definitions.');
  return Object.fromEntries(Object.entries(definitions).filter((entry): entry is [string, Definition] => isObject(entry[1])));
}

function closedObject(definition: Definition): Definition {
  return 'properties' in definition && !('additionalProperties' in definition)
    ? { ...definition, additionalProperties: false }
    : definition;
}

/** kubeconform looks for kind, first word of the group, and version, such as statefulset-apps-v1.json. */
function fileNames(definition: Definition): readonly string[] {
  const kinds = definition['x-kubernetes-group-version-kind'];
  if (!Array.isArray(kinds)) return [];
  return kinds.filter(isObject).map(({ group, version, kind }) => {
    const parts = [kind, String(group).split('.')[0], version].filter((part) => part !== '');
    return `${parts.join('-').toLowerCase()}.json`;
  });
}
