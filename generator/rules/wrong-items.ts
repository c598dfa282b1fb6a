import { RE2JS } from 're2js';
import type { ItemCondition } from '../../schema/conditions.ts';
import { isObject } from '../model/json-schema.ts';
import { valueAt } from '../model/model.ts';
import type { PlainValues } from './plain-values.ts';

/** What the items that a condition means have in its field, each text once. */
export function wrongItems(condition: ItemCondition, values: PlainValues): readonly string[] {
  const items = listOf(valueAt(values, condition.path));
  switch (condition.kind) {
    case 'itemMatches': {
      const pattern = RE2JS.compile(condition.pattern);
      return unique(fieldsOf(items, condition.field).filter((text) => pattern.test(text)));
    }
    case 'itemTwice': {
      const fields = fieldsOf(items, condition.field);
      return unique(fields.filter((text, index) => fields.indexOf(text) !== index));
    }
    case 'itemNowhere': {
      const known = new Set([...condition.names, ...fieldsOf(listOf(valueAt(values, condition.others)), 'name')]);
      return unique(fieldsOf(items, condition.field).filter((text) => !known.has(text)));
    }
    case 'itemEmpty':
      return items.flatMap((item, index) => (isObject(item) && Object.keys(item).length === 0 ? [String(index + 1)] : []));
  }
}

/** The texts that items have in a field. */
function fieldsOf(items: readonly unknown[], field: string): readonly string[] {
  const keys = field === '' ? [] : field.split('.');
  const found = keys.reduce<readonly unknown[]>((at, key) => at.flatMap((item) => (isObject(item) ? listOf(item[key]) : [])), items);
  return found.map(String);
}

/** A list as it is, nothing as none, and anything else as the only item. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
