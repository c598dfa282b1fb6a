/**
 * The part of JSON Schema (draft-07) that the model compiles to. A keyword that is not listed here fails the
 * generation, so no constraint can be written in the model and then be forgotten by a phase.
 */
import { GeneratorError } from '../errors/generator-error.ts';

export type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'object' | 'array' | 'null';

/** The keywords of a schema whose inner schemas are of the type `Inner`. */
export interface SchemaOf<Inner> {
  readonly $schema?: string;
  readonly $comment?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: JsonType | readonly JsonType[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Inner[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly items?: Inner;
  readonly minItems?: number;
  readonly properties?: MapOf<Inner>;
  readonly patternProperties?: MapOf<Inner>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Inner;
  readonly examples?: readonly unknown[];
  readonly definitions?: MapOf<Inner>;
  /** Ours: the pattern of a map's keys; becomes `patternProperties`. */
  readonly keyPattern?: string;
  /** Ours: the pattern of a map's values or a list's items; becomes a pattern beside their type. */
  readonly valuePattern?: string;
  /** Ours: what the pattern demands, in words. */
  readonly form?: string;
  /** Ours: what the pattern of a map's keys demands, in words. */
  readonly keyForm?: string;
  /** Ours: what each word of an enumeration means, a line a word: `word: meaning`. */
  readonly choices?: string;
  /** Ours: what to use instead of this value. */
  readonly deprecated?: string;
  /** Ours: the type of Kubernetes' API that this object is passed to as it is. */
  readonly kubernetes?: string;
}

export type Schema = SchemaOf<Schema>;

/** Keywords for people, which no validator knows: they leave the schema before Helm sees it. */
export const ANNOTATIONS = ['form', 'keyForm', 'choices', 'deprecated', 'kubernetes'] as const;

export type MapOf<Inner> = Readonly<Record<string, Inner>>;

export type SchemaMap = MapOf<Schema>;

export type Shape = 'string' | 'number' | 'list' | 'type' | 'schema' | 'schemas' | 'map' | 'booleanOrSchema';

const KEYWORDS: Readonly<Record<keyof Schema, Shape>> = {
  $schema: 'string',
  $comment: 'string',
  $ref: 'string',
  title: 'string',
  description: 'string',
  type: 'type',
  enum: 'list',
  anyOf: 'schemas',
  pattern: 'string',
  minLength: 'number',
  maxLength: 'number',
  minimum: 'number',
  maximum: 'number',
  multipleOf: 'number',
  items: 'schema',
  minItems: 'number',
  properties: 'map',
  patternProperties: 'map',
  required: 'list',
  additionalProperties: 'booleanOrSchema',
  examples: 'list',
  definitions: 'map',
  keyPattern: 'string',
  valuePattern: 'string',
  form: 'string',
  keyForm: 'string',
  choices: 'string',
  deprecated: 'string',
  kubernetes: 'string',
};

/** Fails when a value is not a schema in the sense of {@link Schema}. */
export function assertSchema(value: unknown, at = '#'): asserts value is Schema {
  if (!isObject(value)) {
    throw new GeneratorError('SCHEMA_KEYWORD', 'schema/values.ts', 1, `The schema has no object at ${at}.`);
  }
  for (const [keyword, content] of Object.entries(value)) {
    assertKeyword(keyword, content, `${at}/${keyword}`);
  }
}

function assertKeyword(keyword: string, content: unknown, at: string): void {
  const shape = shapeOf(keyword);
  if (shape === undefined || !hasShape(shape, content, at)) {
    const sentence = `The schema says something at ${at} that no phase understands. Express it otherwise, or teach the phases.`;
    throw new GeneratorError('SCHEMA_KEYWORD', 'schema/values.ts', 1, sentence);
  }
}

function hasShape(shape: Shape, content: unknown, at: string): boolean {
  switch (shape) {
    case 'string':
    case 'number':
      return typeof content === shape;
    case 'list':
      return Array.isArray(content);
    case 'type':
      return typeof content === 'string' || Array.isArray(content);
    case 'schema':
      assertSchema(content, at);
      return true;
    case 'booleanOrSchema':
      return typeof content === 'boolean' || hasShape('schema', content, at);
    case 'schemas':
      return Array.isArray(content) && content.every((member, index) => hasShape('schema', member, `${at}/${index}`));
    case 'map':
      return isObject(content) && Object.entries(content).every(([key, member]) => hasShape('schema', member, `${at}/${key}`));
  }
}

/** What a keyword of {@link Schema} holds; undefined for other words. */
export function shapeOf(keyword: string): Shape | undefined {
  return isKeyword(keyword) ? KEYWORDS[keyword] : undefined;
}

function isKeyword(keyword: string): keyword is keyof Schema {
  return Object.hasOwn(KEYWORDS, keyword);
}

/** Whether a value is a map, not a list and not null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The types that a schema names, as a list. */
export function typesOf(schema: Schema): readonly JsonType[] {
  if (schema.type === undefined) return [];
  return typeof schema.type === 'string' ? [schema.type] : schema.type;
}

/** Follows a reference inside the document. What stands beside the reference, such as a description, wins. */
export function dereference(schema: Schema, root: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const { $ref, ...beside } = schema;
  const target = root.definitions?.[$ref.replace('#/definitions/', '')];
  if (target === undefined) {
    throw new GeneratorError('SCHEMA_KEYWORD', 'schema/values.ts', 1, `The schema refers to ${$ref}, which it lacks.`);
  }
  return dereference({ ...target, ...beside }, root);
}
