import { ENGINES, type Engine } from '../../schema/engines.ts';
import type { Rule } from '../../schema/rule.ts';
import { RULES } from '../../schema/rules.ts';
import { isObject, type Schema } from '../model/json-schema.ts';
import type { PlainValues } from '../rules/evaluate-rules.ts';
import { plainValue, type Entry } from './entry.ts';

/** What values are measured by: a chart's schema and defaults, the rules between values, and the engine table. */
export interface ChartValues {
  readonly schema: Schema;
  /** The schema with what only people read, such as the form of a text in words. */
  readonly people: Schema;
  readonly defaults: PlainValues;
  readonly rules: readonly Rule[];
  readonly engines: readonly Engine[];
}

/** The measures of a chart that this generator wrote. */
export function chartValues(schema: Schema, defaults: PlainValues, people = schema): ChartValues {
  return { schema, people, defaults, rules: RULES, engines: ENGINES };
}

/** The values that templates see: what a user wrote, over the chart's defaults. */
export function effectiveValues(defaults: PlainValues, entry: Entry): PlainValues {
  const written = plainValue(entry);
  return coalesce(defaults, isObject(written) ? written : {});
}

/** Lays values over others with Helm's meaning of null, which takes a default away and stays where there is none. */
function coalesce(defaults: PlainValues, values: PlainValues): PlainValues {
  const inherited = Object.entries(defaults).flatMap(([key, fallback]): [string, unknown][] => {
    if (!Object.hasOwn(values, key)) return [[key, fallback]];
    const value = values[key];
    if (value === null) return [];
    return [[key, isObject(fallback) && isObject(value) ? coalesce(fallback, value) : value]];
  });
  const own = Object.entries(values).filter(([key]) => !Object.hasOwn(defaults, key));
  return Object.fromEntries([...inherited, ...own]);
}
