import { isDeepStrictEqual } from 'node:util';
import { subset, parse as parseVersion } from 'semver';
import { InputError } from '../errors/input-error.ts';
import { isObject, type Schema } from '../model/json-schema.ts';
import { schemaAt } from '../model/model.ts';
import { CONTRACT_FILE } from '../rules/contract.ts';
import { byWeight, type Change } from './change.ts';
import { engineChanges } from './engine-changes.ts';
import { valuesOf, type Chart } from './read-chart.ts';
import { readContract } from './read-contract.ts';
import { ruleChanges } from './rule-changes.ts';
import { schemaChanges } from './schema-changes.ts';

/** Files whose changes are told by what they say, or that only describe the rest. */
const TOLD_ELSEWHERE =
  /^(?:Chart\.yaml|values\.yaml|values(?:\.\w+)?\.schema\.json|README\.md|templates\/_validate\.tpl|files\/contract\.json|ci\/.*)$/;

/** The templates that say to Helm what the contract says to programs. */
const CONTRACT_TEMPLATES = {
  'templates/_validate.tpl': 'rules between values',
  'templates/_engines.tpl': 'engines',
} as const;

/** Everything in which one version of a chart differs from another, the weightiest first. */
export function chartChanges(before: Chart, after: Chart): readonly Change[] {
  if (before.name !== after.name) {
    const sentence = `${before.from} is the chart ${before.name}, ${after.from} is ${after.name}: these are not two versions of one chart.`;
    throw new InputError('OTHER_CHART', sentence);
  }
  const [old, now] = [valuesOf(before), valuesOf(after)];
  return byWeight([
    ...schemaChanges(old.schema, now.schema),
    ...contractChanges(before, after),
    ...platformChanges(before, after),
    ...defaultChanges('', old.defaults, now.defaults, { schemas: [old.schema, now.schema], read: readByRules(after) }),
    ...fileChanges(before, after),
  ]);
}

/** What the two contracts say otherwise. Where one of the charts has none, a template that differs counts as narrower. */
function contractChanges(before: Chart, after: Chart): readonly Change[] {
  const [old, now] = [readContract(before), readContract(after)];
  if (old !== undefined && now !== undefined) return [...ruleChanges(old, now), ...engineChanges(old, now)];
  const without = [before, after]
    .filter((chart) => !chart.files.has(CONTRACT_FILE))
    .map(({ from }) => from)
    .join(' and ');
  return Object.entries(CONTRACT_TEMPLATES)
    .filter(([path]) => before.files.get(path) !== after.files.get(path))
    .map(([, subject]): Change => {
      const sentence = `differ, but without ${CONTRACT_FILE} in ${without} nothing says in what; they may refuse values that were accepted`;
      return { level: 'major', kind: 'changed', subject, sentence };
    });
}

/** The values that the rules of a chart read. */
function readByRules(chart: Chart): readonly string[] {
  return [...(readContract(chart)?.rules.values() ?? [])].flatMap(({ reads }) => reads);
}

function platformChanges(before: Chart, after: Chart): readonly Change[] {
  const [oldRange, newRange] = [before, after].map((chart) => wordOf(chart, 'kubeVersion', '*'));
  const [oldServer, newServer] = [before, after].map((chart) => wordOf(chart, 'appVersion', ''));
  const change = (level: Change['level'], subject: string, from = '', to = ''): Change => ({
    level,
    kind: 'changed',
    subject,
    sentence: `is ${to}, was ${from}`,
  });
  return [
    ...(oldRange === newRange ? [] : [change(acceptsAll(newRange, oldRange) ? 'minor' : 'major', 'kubeVersion', oldRange, newRange)]),
    ...(oldServer === newServer ? [] : [change(isPatch(oldServer, newServer) ? 'patch' : 'minor', 'appVersion', oldServer, newServer)]),
  ];
}

function wordOf({ metadata }: Chart, key: string, absent: string): string {
  const word = metadata[key];
  return typeof word === 'string' || typeof word === 'number' ? String(word) : absent;
}

function acceptsAll(range = '*', other = '*'): boolean {
  return subset(other, range, { includePrerelease: true });
}

function isPatch(old = '', now = ''): boolean {
  const [left, right] = [parseVersion(old), parseVersion(now)];
  return left !== null && right !== null && left.major === right.major && left.minor === right.minor;
}

/** What changed defaults are judged by. */
interface Compared {
  readonly schemas: readonly [before: Schema, after: Schema];
  /** The values that the rules of the new chart read. */
  readonly read: readonly string[];
}

/** A changed default reaches every release that leaves the value out, and may not fit what its values file says of others. */
function defaultChanges(path: string, old: unknown, now: unknown, charts: Compared): readonly Change[] {
  if (isObject(old) && isObject(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return keys.flatMap((key) => defaultChanges(path === '' ? key : `${path}.${key}`, old[key], now[key], charts));
  }
  if (isDeepStrictEqual(old, now) || isNewOrGone(path, charts.schemas)) return [];
  const isRead = charts.read.some((value) => path === value || path.startsWith(`${value}.`));
  const then = isRead
    ? 'a rule reads it, and may refuse values files that leave it out'
    : 'releases that leave it out change with the upgrade';
  const sentence = `has the default ${shown(now)}, had ${shown(old)}; ${then}`;
  return [{ level: isRead ? 'major' : 'patch', kind: 'changed', subject: path, sentence }];
}

/** A value that one of the charts does not name at all is told as added or removed. */
function isNewOrGone(path: string, schemas: readonly [Schema, Schema]): boolean {
  const [was, is] = schemas.map((schema) => schemaAt(schema, path) !== undefined);
  return was !== is;
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}

function fileChanges(before: Chart, after: Chart): readonly Change[] {
  const paths = [...new Set([...before.files.keys(), ...after.files.keys()])].filter((path) => !TOLD_ELSEWHERE.test(path));
  const differing = paths.filter((path) => before.files.get(path) !== after.files.get(path)).sort();
  return differing.map((path): Change => {
    const isNew = !before.files.has(path);
    const isGone = !after.files.has(path);
    const sentence = isNew ? 'is a new file' : isGone ? 'is no longer there' : 'differs';
    return { level: 'patch', kind: isNew ? 'added' : isGone ? 'removed' : 'changed', subject: path, sentence };
  });
}
