import { choicesOf, type Choice } from './choices.ts';
import { typesOf, type Schema } from './json-schema.ts';

/** The values that an enumeration allows. */
function allowedValues(schema: Schema): readonly string[] {
  return choicesOf(schema).map((choice) => choice.word);
}

/** What a value may be beside its type, in words. */
export function constraintText(schema: Schema): string {
  const allowed = allowedValues(schema);
  if (allowed.length > 0) return allowed.map((word) => `\`${word}\``).join(', ');
  const [range, form, length] = [rangeText(schema), formText(schema), lengthText(schema)];
  return [range, form, length].filter((part) => part !== '').join('; ');
}

/** The words of an enumeration with their meanings, as Markdown. */
export function choiceText({ word, meaning }: Choice): string {
  return meaning === '' ? `\`${word}\`` : `\`${word}\`: ${meaning}`;
}

/** The type of a value, in words. */
export function typeText(schema: Schema): string {
  const words = typesOf(schema)
    .filter((type) => type !== 'null')
    .map((type) => (type === 'array' ? 'list' : type === 'object' ? 'map' : type));
  return words.join(' or ');
}

function formText({ form, pattern }: Schema): string {
  return form ?? (pattern === undefined ? '' : `\`${pattern}\``);
}

function rangeText({ minimum, maximum }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  return maximum === undefined ? '' : `at most ${maximum}`;
}

function lengthText({ maxLength, minItems }: Schema): string {
  if (minItems !== undefined) return `at least ${minItems} ${minItems === 1 ? 'item' : 'items'}`;
  return maxLength === undefined ? '' : `at most ${maxLength} characters`;
}
