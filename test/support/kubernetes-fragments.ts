import { assertSchema, isObject, type Schema, type SchemaMap } from '../../generator/model/json-schema.ts';
import { apiDefinitions, type Definition } from './kubernetes-schemas.ts';

/** The parts of Kubernetes' API that a schema for people needs; the rest is the API server's own business. */
const KEYWORDS = ['description', 'type', 'enum', 'properties', 'required', 'items', 'additionalProperties', '$ref'];

/** Types whose JSON is not what the specification says. The amounts are those that values.schema.json takes. */
const LOOSE: Readonly<Record<string, Schema>> = {
  Quantity: {
    type: ['string', 'number'],
    pattern: '^[0-9]+(\\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$',
    form: 'a number, with a unit of Kubernetes if it needs one, such as 250m or 512Mi',
  },
  IntOrString: { type: ['string', 'integer'] },
};

/** The groups that a pod is described in; their short names are unique. */
const GROUPS = /^io\.k8s\.(api\.(core|networking)\.v1|apimachinery\.pkg\.(api\.resource|apis\.meta\.v1|util\.intstr))\.\w+$/;

/** The named types of Kubernetes' API and all that they consist of, closed, under their short names. */
export function kubernetesFragments(names: readonly string[]): SchemaMap {
  const api = new Map(
    Object.entries(apiDefinitions())
      .filter(([name]) => GROUPS.test(name))
      .map(([name, definition]) => [shortName(name), definition]),
  );
  const found = new Map<string, Schema>();
  const wanted = [...names];
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const definition = definitionOf(api, name);
    if (found.has(name)) continue;
    const fragment: unknown = LOOSE[name] ?? closed(reduced(definition, wanted));
    assertSchema(fragment);
    found.set(name, fragment);
  }
  return Object.fromEntries([...found].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function definitionOf(api: ReadonlyMap<string, Definition>, name: string): Definition {
  const definition = api.get(name);
  if (definition === undefined) throw new Error(`Kubernetes' API has no type ${name}.`);
  return definition;
}

/** A schema with the keywords that matter here; what it refers to is added to the names. */
function reduced(schema: Definition, referred: string[]): Definition {
  const entries = Object.entries(schema).filter(([keyword]) => KEYWORDS.includes(keyword));
  return Object.fromEntries(
    entries.map(([keyword, content]): [string, unknown] => {
      if (keyword === '$ref') {
        referred.push(shortName(String(content)));
        return [keyword, `#/definitions/${shortName(String(content))}`];
      }
      if (keyword === 'properties' && isObject(content)) {
        return [keyword, membersOf(content, referred)];
      }
      return [keyword, isObject(content) ? reduced(content, referred) : content];
    }),
  );
}

function membersOf(properties: Definition, referred: string[]): Definition {
  const members = Object.entries(properties).filter((entry): entry is [string, Definition] => isObject(entry[1]));
  return Object.fromEntries(members.map(([key, member]) => [key, reduced(member, referred)]));
}

function closed(definition: Definition): Definition {
  return 'properties' in definition ? { ...definition, additionalProperties: false } : definition;
}

function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
