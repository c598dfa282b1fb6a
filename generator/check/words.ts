/** What values and types are called in messages. */
import { isObject, typesOf, type JsonType, type Schema } from '../model/json-schema.ts';

const LONGEST_SHOWN = 40;

/** A path as templates and people write it. */
export function pathText(keys: readonly string[]): string {
  return keys
    .map((key, index) => {
      if (/^\d+$/.test(key)) return `[${key}]`;
      if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}

/** The keys of a JSON pointer. */
export function pointerKeys(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A value, as a person would name it. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isObject(value)) {
    const keys = Object.keys(value);
    return keys.length === 0 ? 'an empty map' : `a map with ${shortened(keys.slice(0, 3).join(', '))}`;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  return `"${shortened(value)}"`;
}

/** The beginning of a text, on one line. */
function shortened(text: string): string {
  const [line = ''] = text.split('\n');
  return line.length > LONGEST_SHOWN || line !== text ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
}

/** The kinds of values that a schema takes, as a phrase. */
export function kindText(schema: Schema): string {
  const words = typesOf(schema)
    .filter((type) => type !== 'null')
    .map((type) => TYPE_WORDS[type]);
  return words.length === 0 ? 'null' : words.join(' or ');
}

/** Words, joined to a choice. */
export function alternatives(values: readonly unknown[]): string {
  const words = values.map(String);
  const last = words.pop() ?? '';
  return words.length === 0 ? last : `${words.join(', ')} or ${last}`;
}

const TYPE_WORDS: Readonly<Record<JsonType, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'a map',
  array: 'a list',
  null: 'null',
};
