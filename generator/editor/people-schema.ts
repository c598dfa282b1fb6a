/**
 * The override schema, read back in the model's own words. It says more than the schema that Helm checks with: forms and
 * choices in sentences, and Kubernetes' own types in full.
 */
import { assertSchema, isKeyword, isObject, type Schema } from '../model/json-schema.ts';
import { expectedForm } from './editor-schema.ts';

/** A schema with our tags, from a document with the keywords of editors. What only editors need is left out. */
export function peopleSchema(document: unknown): Schema {
  const schema = converted(document);
  assertSchema(schema);
  return schema;
}

function converted(node: unknown): unknown {
  if (!isObject(node)) return node;
  const known = Object.entries(node).filter(([keyword]) => isKeyword(keyword));
  return { ...Object.fromEntries(known.map(([keyword, content]) => [keyword, convertedContent(keyword, content)])), ...tagsOf(node) };
}

function convertedContent(keyword: string, content: unknown): unknown {
  switch (keyword) {
    case 'items':
    case 'additionalProperties':
      return converted(content);
    case 'anyOf':
      return Array.isArray(content) ? content.map(converted) : content;
    case 'properties':
    case 'patternProperties':
    case 'definitions':
      return isObject(content) ? convertedMap(content) : content;
    default:
      return content;
  }
}

function convertedMap(map: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(map).map(([key, node]) => [key, converted(node)]));
}

function tagsOf({
  enum: words,
  markdownEnumDescriptions: meanings,
  patternErrorMessage: expectation,
  deprecationMessage: deprecated,
  patternProperties: keyed,
  errorMessage: keyExpectation,
}: Readonly<Record<string, unknown>>): Pick<Schema, 'form' | 'keyForm' | 'choices' | 'deprecated'> {
  return {
    ...(typeof expectation === 'string' ? { form: expectedForm(expectation) } : {}),
    ...(keyed !== undefined && typeof keyExpectation === 'string' ? { keyForm: expectedForm(keyExpectation) } : {}),
    ...(Array.isArray(words) && Array.isArray(meanings)
      ? { choices: words.map((word, index) => `${String(word)}: ${String(meanings[index])}`).join('\n') }
      : {}),
    ...(typeof deprecated === 'string' ? { deprecated: deprecated.replace(/^Deprecated: /, '') } : {}),
  };
}
