import { isObject } from '../../generator/model/json-schema.ts';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';

/** Lays a user's values over others as Helm does: maps are merged key by key, anything else is replaced. */
export function merge(values: PlainValues, overrides: PlainValues): PlainValues {
  const merged: Record<string, unknown> = { ...values };
  for (const [key, override] of Object.entries(overrides)) {
    const below = merged[key];
    merged[key] = isObject(below) && isObject(override) ? merge(below, override) : override;
  }
  return merged;
}

/** Values that set one path. */
export function valuesAt(path: string, value: unknown): PlainValues {
  const [first = '', ...rest] = path.split('.');
  return { [first]: rest.length === 0 ? value : valuesAt(rest.join('.'), value) };
}
