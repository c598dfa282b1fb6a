import { RE2JS } from 're2js';
import type { Condition, ImageRole, Operand, Sentence } from '../../schema/conditions.ts';
import type { Engine, EngineImage } from '../../schema/engines/engine.ts';
import type { Rule } from '../../schema/rule.ts';
import { isObject } from '../model/json-schema.ts';
import { valueAt } from '../model/model.ts';
import { exceedsLimit } from './amounts.ts';
import type { PlainValues } from './plain-values.ts';
import { wrongItems } from './wrong-items.ts';

export type { PlainValues } from './plain-values.ts';

/** What the rules look at. */
export interface Subject {
  readonly values: PlainValues;
  readonly engines: readonly Engine[];
}

/** A rule that values break, with what to say about them. */
export interface BrokenRule {
  readonly rule: Rule;
  readonly sentence: string;
  readonly cure: string;
}

/** All rules that the values break. */
export function findBrokenRules(rules: readonly Rule[], subject: Subject): readonly BrokenRule[] {
  return rules
    .filter((rule) => holds(rule.brokenWhen, subject))
    .map((rule) => ({ rule, sentence: spoken(rule.sentence, subject), cure: spoken(rule.cure, subject) }));
}

/** The messages of all broken rules, in the words that Helm prints for them. */
export function brokenRules(rules: readonly Rule[], subject: Subject): readonly string[] {
  return findBrokenRules(rules, subject).map(({ rule, sentence, cure }) => `${rule.paths.join(', ')}: ${sentence} ${cure}`);
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
    case 'hasKey': {
      const map = valueAt(subject.values, condition.path);
      return isObject(map) && condition.keys.some((key) => Object.hasOwn(map, key));
    }
    case 'oneOf':
      return condition.constants.some((constant) => constant === valueAt(subject.values, condition.path));
    case 'below':
      return Number(valueAt(subject.values, condition.path)) < condition.limit;
    case 'less':
      return Number(valueAt(subject.values, condition.left)) < Number(valueAt(subject.values, condition.right));
    case 'shorter':
      return seconds(valueAt(subject.values, condition.left)) < seconds(valueAt(subject.values, condition.right));
    case 'matches':
      return RE2JS.compile(condition.pattern).test(String(valueAt(subject.values, condition.path)));
    case 'offered':
      return engineMethods(subject).some((method) => method === valueAt(subject.values, condition.path));
    case 'ofSeries':
      return RE2JS.compile(seriesPattern(seriesOf(condition.image, subject))).test(String(valueAt(subject.values, condition.path)));
    case 'exceeds':
      return exceedsLimit(valueAt(subject.values, condition.path));
    case 'itemMatches':
    case 'itemTwice':
    case 'itemNowhere':
    case 'itemEmpty':
      return wrongItems(condition, subject.values).length > 0;
  }
}

const SECONDS_OF: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** The length of a time such as 90d. What is none is not shorter than anything; the schema refuses it. */
function seconds(duration: unknown): number {
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(String(duration)) ?? [];
  return Number(amount) * (SECONDS_OF[unit ?? ''] ?? Number.NaN);
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
    case 'series':
      return seriesOf(operand.image, subject);
    case 'items':
      return wrongItems(operand.condition, subject.values).join(', ');
  }
}

function engineMethods(subject: Subject): readonly string[] {
  return chosenEngine(subject)?.cloneMethods ?? [];
}

/** The row of the engine that values name. */
export function chosenEngine({ values, engines }: Subject): Engine | undefined {
  return engines.find((engine) => engine.name === values['engine']);
}

function seriesOf(image: ImageRole, subject: Subject): string {
  const engine = chosenEngine(subject);
  if (engine === undefined) return '';
  return (image === 'clone' ? toolImage(engine, subject.values) : engine.serverImage).series;
}

/** The engine's own image of the clone tool. A method that the engine does not have is the matter of a rule. */
export function toolImage({ cloneMethods, cloneImages, serverImage }: Engine, values: PlainValues): EngineImage {
  const named = valueAt(values, 'clone.method');
  const method = named === 'auto' ? cloneMethods[0] : cloneMethods.find((offered) => offered === named);
  return (method && cloneImages[method]) ?? serverImage;
}

/** A mirror's tag may have words before the version. */
function seriesPattern(series: string): string {
  return `(^|[^0-9.])${series.replaceAll('.', '[.]')}[.][0-9]`;
}

/** Empty in the sense of Helm's templates. */
function isEmptyValue(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === '' || value === 0 || value === false;
}
