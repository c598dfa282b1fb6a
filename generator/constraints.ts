import { typesOf, type Schema } from './json-schema.ts';

/** The values that an enumeration allows. */
export function allowedValues(schema: Schema): readonly string[] {
  return (schema.enum ?? []).map(String);
}

/** What a value may be, in the words of the README's table. */
export function constraintText(schema: Schema): string {
  const allowed = allowedValues(schema);
  if (allowed.length > 0) return allowed.map((word) => `\`${word}\``).join(', ');
  const parts = [rangeText(schema), schema.pattern === undefined ? '' : `\`${schema.pattern}\``, lengthText(schema)];
  return parts.filter((part) => part !== '').join(', ');
}

/** The type of a value, in the words of the README's table. */
export function typeText(schema: Schema): string {
  const words = typesOf(schema)
    .filter((type) => type !== 'null')
    .map((type) => (type === 'array' ? 'list' : type === 'object' ? 'map' : type));
  return words.join(' or ');
}

function rangeText({ minimum, maximum }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  return maximum === undefined ? '' : `at most ${maximum}`;
}

function lengthText({ maxLength }: Schema): string {
  return maxLength === undefined ? '' : `at most ${maxLength} characters`;
}
