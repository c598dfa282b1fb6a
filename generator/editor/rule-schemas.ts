/**
 * Rules between values as JSON Schema. An editor sees a user's file without the defaults that Helm lays below it, so a
 * condition about a value that the file leaves out is a condition about its default.
 */
import type { Condition, Sentence, ValuesPath } from '../../schema/conditions.ts';
import type { Rule } from '../../schema/rule.ts';
import { pathsOf } from '../rules/condition-paths.ts';
import { holds, type Subject } from '../rules/evaluate-rules.ts';
import type { EditorSchema } from './editor-schema.ts';

/** Passes what Helm's templates call empty, whatever its type. */
const EMPTY: EditorSchema = {
  minimum: 0,
  maximum: 0,
  maxLength: 0,
  maxItems: 0,
  maxProperties: 0,
  not: { const: true },
};

/** Whether a rule can be said in JSON Schema, which cannot compare one value with another, nor follow two of them to a table. */
export function isExpressible(condition: Condition): boolean {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.conditions.every(isExpressible);
    case 'not':
      return isExpressible(condition.condition);
    case 'empty':
    case 'hasKey':
    case 'oneOf':
    case 'matches':
    case 'below':
    case 'offered':
    case 'itemMatches':
    case 'itemEmpty':
      return true;
    case 'less':
    case 'shorter':
    case 'ofSeries':
    case 'exceeds':
    case 'itemTwice':
    case 'itemNowhere':
      return false;
  }
}

/** Passes a user's values when a condition is true of them and the defaults. */
function conditionSchema(condition: Condition, defaults: Subject): EditorSchema {
  const about = (path: ValuesPath, schema: EditorSchema): EditorSchema =>
    at(path, schema, holds(condition, defaults) ? 'may be left out' : 'must be there');
  switch (condition.kind) {
    case 'all':
      return { allOf: condition.conditions.map((part) => conditionSchema(part, defaults)) };
    case 'any':
      return { anyOf: condition.conditions.map((part) => conditionSchema(part, defaults)) };
    case 'not':
      return { not: conditionSchema(condition.condition, defaults) };
    case 'empty':
      return about(condition.path, EMPTY);
    case 'hasKey':
      return about(condition.path, { type: 'object', anyOf: condition.keys.map((key) => ({ required: [key] })) });
    case 'oneOf':
      return about(condition.path, oneOf(condition.constants));
    case 'matches':
      return about(condition.path, { type: 'string', pattern: condition.pattern });
    case 'below':
      return about(condition.path, { type: 'number', maximum: condition.limit - 1 });
    case 'offered':
      return offered(condition.path, defaults);
    case 'itemMatches':
      return about(condition.path, { type: 'array', contains: itemSchema(condition.field, condition.pattern) });
    case 'itemEmpty':
      return about(condition.path, { type: 'array', contains: { type: 'object', maxProperties: 0 } });
    case 'less':
    case 'shorter':
    case 'ofSeries':
    case 'exceeds':
    case 'itemTwice':
    case 'itemNowhere':
      throw new TypeError('JSON Schema cannot compare one value with another.');
  }
}

/** Reports a broken rule at the first of its values that the file has. */
export function ruleSchema(rule: Rule, defaults: Subject): EditorSchema {
  const paths = [...new Set([...rule.paths, ...pathsOf(rule.brokenWhen)])];
  const message = [rule.sentence, rule.cure].map((sentence) => inEditor(sentence, rule.brokenWhen)).join(' ');
  const report = paths.reduceRight<EditorSchema>(
    (otherwise, path) => ({ if: at(path, {}, 'must be there'), then: refused(path, message), else: otherwise }),
    {},
  );
  return { if: conditionSchema(rule.brokenWhen, defaults), then: report };
}

/** Passes an item that has a text of a pattern in a field of its own. */
function itemSchema(field: string, pattern: string): EditorSchema {
  const text: EditorSchema = { type: 'string', pattern };
  return field === '' ? text : { type: 'object', properties: { [field]: text }, required: [field] };
}

/** Not `enum`: editors would show its words as all that a value may be. */
function oneOf(constants: readonly string[]): EditorSchema {
  const words = constants.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return { type: 'string', pattern: `^(${words.join('|')})$` };
}

function offered(path: ValuesPath, defaults: Subject): EditorSchema {
  const engines = defaults.engines.map((engine): Condition => {
    const isEngine: Condition = { kind: 'oneOf', path: 'engine', constants: [engine.name] };
    return { kind: 'all', conditions: [isEngine, { kind: 'oneOf', path, constants: engine.cloneMethods }] };
  });
  return conditionSchema({ kind: 'any', conditions: engines }, defaults);
}

/** A schema of the whole file that says something of one value. */
function at(path: ValuesPath, schema: EditorSchema, absence: 'may be left out' | 'must be there'): EditorSchema {
  return path.split('.').reduceRight<EditorSchema>((below, key) => {
    const required = absence === 'must be there' ? { required: [key] } : {};
    return { properties: { [key]: below }, ...required };
  }, schema);
}

/** Refuses a value that is there. The message is shown at its key. */
function refused(path: ValuesPath, errorMessage: string): EditorSchema {
  const keys = path.split('.');
  const last: EditorSchema = { properties: { [keys.at(-1) ?? '']: false }, errorMessage };
  return keys.slice(0, -1).reduceRight<EditorSchema>((below, key) => ({ properties: { [key]: below } }), last);
}

/** An editor's messages cannot quote the file, so they name a value that the broken rule does not give away. */
function inEditor(sentence: Sentence, brokenWhen: Condition): string {
  return sentence
    .map((part) => {
      if (typeof part === 'string') return part;
      if (part.kind === 'items') return 'an item';
      return part.kind === 'value' ? (wordOf(part.path, brokenWhen) ?? part.path) : 'hover over engine to see it';
    })
    .join('');
}

/** The one word that a value must be for a condition to be true; undefined when there are several. */
function wordOf(path: ValuesPath, condition: Condition): string | undefined {
  if (condition.kind === 'all') return condition.conditions.map((part) => wordOf(path, part)).find((word) => word !== undefined);
  if (condition.kind !== 'oneOf' || condition.path !== path || condition.constants.length > 1) return undefined;
  return condition.constants[0];
}
