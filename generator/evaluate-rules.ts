import { RE2JS } from 're2js';
import type { Condition, Operand, Sentence } from '../schema/conditions.ts';
import type { Engine } from '../schema/engines/engine.ts';
import type { Rule } from '../schema/rules.ts';
import { valueAt } from './model.ts';

/** Values as they come from a file: checked by the schema, but of no type that the compiler knows. */
export type PlainValues = Readonly<Record<string, unknown>>;

/** What the rules look at. */
export interface Subject {
  readonly values: PlainValues;
  readonly engines: readonly Engine[];
}

/** The messages of all broken rules, in the words that Helm prints for them. */
export function brokenRules(rules: readonly Rule[], subject: Subject): readonly string[] {
  return rules
    .filter((rule) => holds(rule.brokenWhen, subject))
    .map((rule) => `${rule.paths.join(', ')}: ${spoken(rule.sentence, subject)} ${spoken(rule.cure, subject)}`);
}

/** Whether a condition is true of the values. */
export function holds(condition: Condition, subject: Subject): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.conditions.every((part) => holds(part, subject));
    case 'any':
      return condition.conditions.some((part) => holds(part, subject));
    case 'not':
      return !holds(condition.condition, subject);
    case 'empty':
      return isEmptyValue(valueAt(subject.values, condition.path));
    case 'oneOf':
      return condition.constants.some((constant) => constant === valueAt(subject.values, condition.path));
    case 'less':
      return Number(valueAt(subject.values, condition.left)) < Number(valueAt(subject.values, condition.right));
    case 'matches':
      return RE2JS.compile(condition.pattern).test(String(valueAt(subject.values, condition.path)));
    case 'offered':
      return engineMethods(subject).some((method) => method === valueAt(subject.values, condition.path));
  }
}

function spoken(sentence: Sentence, subject: Subject): string {
  return sentence.map((part) => (typeof part === 'string' ? part : operandText(part, subject))).join('');
}

function operandText(operand: Operand, subject: Subject): string {
  switch (operand.kind) {
    case 'value':
      return String(valueAt(subject.values, operand.path));
    case 'engineMethods':
      return engineMethods(subject).join(', ');
  }
}

function engineMethods({ values, engines }: Subject): readonly string[] {
  return engines.find((engine) => engine.name === values['engine'])?.cloneMethods ?? [];
}

/** Empty in the sense of Helm's templates. */
function isEmptyValue(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === '' || value === 0 || value === false;
}
