import { choicesOf } from '../model/choices.ts';
import { constraintText } from '../model/constraints.ts';
import { typesOf, type JsonType, type Schema, type SchemaMap } from '../model/json-schema.ts';
import { mapMembers, membersOf } from '../model/map-schemas.ts';
import { deprecationText, type Leaf } from '../model/model.ts';
import { expectation, keyExpectation, type EditorSchema, type EditorSchemaMap } from './editor-schema.ts';

const PREFIX = '#/definitions/';

/** One value as an editor shows it: with its default, in words, and with what it may be. */
export function leafSchema(leaf: Leaf, document: Schema): EditorSchema {
  const { description, fallback, schema } = leaf;
  const body = editorSchema(schema, document);
  return {
    ...body,
    ...(Array.isArray(body.type) && fallback !== undefined ? { type: byDefault(body.type, fallback) } : {}),
    description,
    markdownDescription: [description, defaultText(leaf), allowedText(schema)].filter((line) => line !== '').join('\n\n'),
    ...(fallback === undefined || fallback === '' || typeof fallback === 'object' ? {} : { default: fallback }),
    ...(schema.deprecated === undefined ? {} : { deprecationMessage: deprecationText(leaf), 'x-deprecated': schema.deprecated }),
  };
}

/** The type of the default first: editors write what they insert as the first. */
function byDefault(types: readonly JsonType[], fallback: unknown): readonly JsonType[] {
  const own = types.filter((type) => type === typeof fallback);
  return [...own, ...types.filter((type) => !own.includes(type))];
}

/** All that the schemas refer to, ours and Kubernetes', under the names that {@link leafSchema} refers to them by. */
export function editorDefinitions(schemas: readonly Schema[], document: Schema, kubernetes: SchemaMap): EditorSchemaMap {
  const found = new Map<string, EditorSchema>();
  const wanted = schemas.flatMap((schema) => referred(editorSchema(schema, document)));
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (found.has(name)) continue;
    const definition = definitionOf(name, document, kubernetes);
    found.set(name, definition);
    wanted.push(...referred(definition));
  }
  return Object.fromEntries([...found].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function definitionOf(name: string, document: Schema, kubernetes: SchemaMap): EditorSchema {
  const type = /^kubernetes\.(.+)$/.exec(name)?.[1];
  const definition = type === undefined ? document.definitions?.[name] : kubernetes[type];
  if (definition === undefined) throw new TypeError(`No schema is called ${name}.`);
  return type === undefined ? editorSchema(definition, document) : kubernetesType(definition);
}

function defaultText({ fallback }: Leaf): string {
  return fallback === undefined ? 'Default: none' : `Default: \`${JSON.stringify(fallback)}\``;
}

/** Editors list the words of an enumeration by themselves. */
function allowedText(schema: Schema): string {
  const constraint = schema.enum === undefined ? constraintText(schema) : '';
  return constraint === '' ? '' : `Allowed: ${constraint}`;
}

/** A schema of the model with the words of our tags where an editor looks for them. */
function editorSchema(schema: Schema, document: Schema, inherited?: string): EditorSchema {
  const { form = inherited, keyForm, choices, deprecated, kubernetes, ...rest } = schema;
  const hasForm = form !== undefined && (rest.pattern !== undefined || schema.form !== undefined);
  if (kubernetes !== undefined) return { $ref: `${PREFIX}kubernetes.${kubernetes}` };
  if (rest.$ref !== undefined) return { ...describe(rest), $ref: editorReference(rest.$ref, document) };
  const meanings = new Map(choicesOf(schema).map(({ word, meaning }) => [word, meaning]));
  return {
    ...mapMembers<EditorSchema, Schema>(rest, (member) => editorSchema(member, document, form)),
    ...(rest.pattern === undefined || form === undefined ? {} : { patternErrorMessage: expectation(form) }),
    ...(hasForm ? { 'x-form': form } : {}),
    ...(keyForm === undefined ? {} : { errorMessage: keyExpectation(keyForm), 'x-keyForm': keyForm }),
    ...(choices === undefined
      ? {}
      : { markdownEnumDescriptions: rest.enum?.map((word) => meanings.get(String(word)) ?? '') ?? [], 'x-choices': choices }),
    ...(deprecated === undefined ? {} : { deprecationMessage: deprecated, 'x-deprecated': deprecated }),
  };
}

function describe({ description }: Schema): EditorSchema {
  return description === undefined ? {} : { description };
}

/** Where the model knows one level of a type of Kubernetes, an editor gets all of it. */
function editorReference(reference: string, document: Schema): string {
  const kubernetes = document.definitions?.[reference.slice(PREFIX.length)]?.kubernetes;
  return kubernetes === undefined ? reference : `${PREFIX}kubernetes.${kubernetes}`;
}

/** A type of Kubernetes. As under Helm, null takes away what may be missing. */
function kubernetesType({ form, ...schema }: Schema): EditorSchema {
  const { $ref, required = [], properties } = schema;
  if ($ref !== undefined) {
    return { ...describe(schema), $ref: $ref.replace(PREFIX, `${PREFIX}kubernetes.`) };
  }
  const inside = {
    ...mapMembers<EditorSchema, Schema>(schema, kubernetesType),
    ...(form === undefined ? {} : { patternErrorMessage: expectation(form), 'x-form': form }),
  };
  const nullable = Object.entries(properties ?? {}).map(([key, member]): [string, EditorSchema] => {
    const converted = kubernetesType(member);
    return [key, required.includes(key) ? converted : withNull(converted)];
  });
  const type = properties === undefined ? inside : withNull(inside);
  return properties === undefined ? type : { ...type, properties: Object.fromEntries(nullable) };
}

function withNull(schema: EditorSchema): EditorSchema {
  return schema.type === undefined ? schema : { ...schema, type: [...new Set([...typesOf({ type: schema.type }), 'null' as const])] };
}

/** The names of all definitions that a schema refers to. */
function referred(schema: EditorSchema | false): string[] {
  if (schema === false) return [];
  const own = schema.$ref === undefined ? [] : [schema.$ref.slice(PREFIX.length)];
  return [...own, ...membersOf<EditorSchema | false>(schema).flatMap(referred)];
}
