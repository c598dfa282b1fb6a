import type { ErrorObject } from 'ajv';
import { expectation, keyExpectation } from '../editor/editor-schema.ts';
import { dereference, isObject, typesOf, type Schema } from '../model/json-schema.ts';
import { schemaBelow, valueAt } from '../model/model.ts';
import { foreignHint, foreignWordHint, type Hint } from '../origins/hints.ts';
import type { ChartValues } from './chart-values.ts';
import type { Finding, FindingCode } from './finding.ts';
import { likeliest, pathsOfKey } from './suggest.ts';
import { alternatives, kindText, pathText, pointerKeys, valueText } from './words.ts';

/** Keys that a message names; of more it says where to find them. */
const MOST_LISTED = 10;

/** A finding before somebody looked for its place. */
export interface SchemaFinding extends Omit<Finding, 'place'> {
  readonly keys: readonly string[];
  /** Whether the key is what is wrong, not the value. */
  readonly isAboutKey: boolean;
}

/** What the schema says against values, in the words of a person. */
export function schemaFindings(errors: readonly ErrorObject[], chart: ChartValues): readonly SchemaFinding[] {
  const unions = errors.filter((error) => error.keyword === 'anyOf').map((error) => error.instancePath);
  const findings = errors
    .filter(({ keyword, instancePath }) => keyword === 'anyOf' || !unions.some((path) => isBelow(instancePath, path)))
    .map((error) => finding(error, chart));
  return findings.filter(({ path, code }, index) => findings.findIndex((other) => other.path === path && other.code === code) === index);
}

/** What is wrong inside the branches of a union says less than that none of them fits. */
function isBelow(path: string, union: string): boolean {
  return path === union || path.startsWith(`${union}/`);
}

function finding(error: ErrorObject, chart: ChartValues): SchemaFinding {
  const keys = pointerKeys(error.instancePath);
  const schema: Schema = isObject(error.parentSchema) ? error.parentSchema : {};
  const about = (code: FindingCode, message: string, more: Pick<Finding, 'suggestion' | 'cure'> = {}): SchemaFinding => ({
    code,
    path: pathText(keys),
    keys,
    isAboutKey: false,
    message,
    ...more,
  });
  const found = valueText(error.data);
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey([...keys, parameter(error, 'additionalProperty')], schema, chart);
    case 'required':
      return missing([...keys, parameter(error, 'missingProperty')], chart);
    case 'type':
      return about('WRONG_TYPE', `This must be ${kindText(schema)}, not ${found}.`, typeCure(schema, error.data));
    case 'enum':
      return notAllowed(about, schema, error.data);
    case 'pattern':
      return about('WRONG_FORM', `${found} has not the form that this takes.`, { cure: formText(keys, schema, chart) });
    case 'anyOf':
      return about('WRONG_TYPE', `This must be ${unionText(schema, chart)}, not ${found}.`);
    case 'minLength':
    case 'maxLength':
    case 'minItems':
      return about('WRONG_LENGTH', lengthText(error));
    case 'minimum':
    case 'maximum':
    case 'multipleOf':
      return about('OUT_OF_RANGE', `${rangeText(schema)}, not ${found}.`);
    default:
      return about('WRONG_FORM', `${found} ${error.message ?? 'is refused'}.`);
  }
}

function unknownKey(keys: readonly string[], schema: Schema, { schema: document, people }: ChartValues): SchemaFinding {
  const key = keys.at(-1) ?? '';
  const path = pathText(keys);
  const common = { path, keys, isAboutKey: true };
  const [keyPattern] = Object.keys(schema.patternProperties ?? {});
  if (keyPattern !== undefined) {
    const message = `${valueText(key)} cannot be a key here.`;
    const form = schemaBelow(people, keys.slice(0, -1))?.keyForm;
    const cure = form === undefined ? `Keys have the form ${keyPattern}` : keyExpectation(form);
    return { ...common, code: 'WRONG_FORM', message, cure };
  }
  const parent = keys.length === 1 ? 'The chart' : pathText(keys.slice(0, -1));
  const message = `${parent} has no value ${key}.`;
  const foreign = foreignHint(keys);
  if (foreign !== undefined) return { ...common, code: 'UNKNOWN_KEY', message, ...hintText(foreign) };
  const sibling = likeliest(key, Object.keys(schema.properties ?? {}));
  const elsewhere = pathsOfKey(key, document);
  const suggestion = sibling ?? (elsewhere.length > 0 && elsewhere.length <= 3 ? alternatives(elsewhere) : undefined);
  if (suggestion !== undefined) return { ...common, code: 'UNKNOWN_KEY', message, suggestion };
  const word = foreignWordHint(key);
  if (word !== undefined) return { ...common, code: 'UNKNOWN_KEY', message, ...hintText(word) };
  const known = Object.keys(schema.properties ?? {});
  const above = ['mysql-sts explain', pathText(keys.slice(0, -1))].filter((word) => word !== '').join(' ');
  const cure = known.length > MOST_LISTED ? `${above} lists what there is.` : `It has ${known.join(', ')}.`;
  return { ...common, code: 'UNKNOWN_KEY', message, cure };
}

function hintText(hint: Hint): Pick<Finding, 'suggestion' | 'cure'> {
  return hint.kind === 'path' ? { suggestion: hint.path } : { cure: hint.sentence };
}

function missing(keys: readonly string[], { defaults }: ChartValues): SchemaFinding {
  const path = pathText(keys);
  const fallback = valueAt(defaults, keys.join('.'));
  const isDefault = fallback !== undefined;
  const message = isDefault ? 'null takes the default away, and templates need a value.' : 'A value is missing.';
  const shown = isObject(fallback) || Array.isArray(fallback) ? '' : `, which is ${valueText(fallback)}`;
  const cure = isDefault ? `Remove the line to get the default back${shown}.` : `Set ${path}.`;
  return { code: 'MISSING', path, keys, isAboutKey: false, message, cure };
}

type About = (code: FindingCode, message: string, more?: Pick<Finding, 'suggestion' | 'cure'>) => SchemaFinding;

function notAllowed(about: About, schema: Schema, data: unknown): SchemaFinding {
  const allowed = (schema.enum ?? []).map(String);
  const suggestion = typeof data === 'string' ? likeliest(data, allowed) : undefined;
  const message = `${valueText(data)} is not one of the allowed values.`;
  return about('NOT_ALLOWED', message, {
    ...(suggestion === undefined ? {} : { suggestion }),
    cure: `Use ${alternatives(allowed)}.`,
  });
}

/** YAML's commonest surprises: what quotes, or their absence, do to a value. */
function typeCure(schema: Schema, data: unknown): Pick<Finding, 'cure'> {
  const types = typesOf(schema);
  const takesText = types.includes('string');
  if (typeof data === 'number' && takesText) return { cure: 'Put it in quotes.' };
  if (typeof data === 'boolean' && takesText)
    return { cure: 'Put it in quotes: without them YAML reads on, off, yes, no, y and n as booleans.' };
  if (typeof data !== 'string') return {};
  const isNumber = /^-?\d+$/.test(data) && (types.includes('integer') || types.includes('number'));
  const isBoolean = /^(?:true|false)$/.test(data) && types.includes('boolean');
  return isNumber || isBoolean ? { cure: 'Remove the quotes.' } : {};
}

/** The form in words where somebody wrote them; a bare pattern is easier to read beside something that has the form. */
function formText(keys: readonly string[], { pattern = '', examples }: Schema, { defaults, people }: ChartValues): string {
  const form = schemaBelow(people, keys)?.form;
  if (form !== undefined) return expectation(form);
  const fallback = valueAt(defaults, keys.join('.'));
  const [example] = [fallback, examples?.[0]].filter((text) => typeof text === 'string' && text !== '');
  return `Its form is ${pattern}${typeof example === 'string' ? `, such as ${example}` : ''}`;
}

function unionText(schema: Schema, { schema: document }: ChartValues): string {
  return (schema.anyOf ?? []).map((branch) => branchText(dereference(branch, document))).join(' or ');
}

function branchText(schema: Schema): string {
  const keys = Object.keys(schema.properties ?? {});
  return keys.length === 0 ? kindText(schema) : `a map with ${alternatives(keys)}`;
}

function lengthText({ keyword, params, data }: ErrorObject): string {
  const limit = String(valueAt(params, 'limit'));
  if (keyword === 'minItems') return limit === '1' ? 'The list must not be empty.' : `The list needs ${limit} items.`;
  const length = typeof data === 'string' ? Array.from(data).length : 0;
  return `This takes at ${keyword === 'maxLength' ? 'most' : 'least'} ${limit} characters, and these are ${length}.`;
}

function rangeText({ minimum, maximum, multipleOf }: Schema): string {
  const kind = multipleOf === undefined || multipleOf === 1 ? '' : ` a multiple of ${multipleOf}`;
  if (minimum !== undefined && maximum !== undefined) return `This must be${kind} from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `This must be${kind} at least ${minimum}`;
  return maximum === undefined ? `This must be${kind || ' a whole number'}` : `This must be${kind} at most ${maximum}`;
}

function parameter({ params }: ErrorObject, name: string): string {
  return String(valueAt(params, name));
}
