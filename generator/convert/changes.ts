/** How one value changes on its way: each kind of change of the table, from an old value to an outcome. */
import { isObject } from '../model/json-schema.ts';
import type { Change, Move, Target } from '../origins/row.ts';
import { engineOfVersion } from '../origins/series.ts';
import { affinityOf, peerOf, scriptsOf, serverEnvironment, staticVolumes } from './compound-changes.ts';
import { lacking, nothing, set, type Outcome } from './outcome.ts';
import { flagLines, lengthOfTime, settingsOutcome } from './settings.ts';

const EMPTY = 'It is empty.';

/** Applies the change of a row to a value that is not empty. */
export function changed(value: unknown, { change, to }: Move): Outcome {
  switch (change.kind) {
    case 'same':
      return { kind: 'set', values: [[to, value]], isSame: true, notes: [] };
    case 'constant':
      return set([[to, change.value]]);
    case 'rules':
      return rulesOutcome(value, to);
    case 'number':
    case 'replicas':
    case 'duration':
      return numberOutcome(value, to, change);
    case 'words':
      return wordOutcome(value, to, change);
    case 'engine':
      return engineOutcome(value, to, change.family);
    case 'settings':
    case 'settingsMap':
    case 'settingsPreset':
    case 'flags':
    case 'setting':
      return settingsOutcome(settingsText(value, change), to);
    case 'resourcesPreset':
      return presetOutcome(value, to, change.presets);
    case 'storageClass':
    case 'registry':
    case 'without':
    case 'scripts':
    case 'environment':
    case 'nodeAffinity':
    case 'peer':
    case 'closed':
    case 'volumes':
      return compoundOutcome(value, to, change);
  }
}

type CompoundKind = 'storageClass' | 'registry' | 'without' | 'scripts' | 'environment' | 'nodeAffinity' | 'peer' | 'closed' | 'volumes';

function compoundOutcome(value: unknown, to: Target, change: Extract<Change, { readonly kind: CompoundKind }>): Outcome {
  switch (change.kind) {
    case 'storageClass':
      return value === '-'
        ? lacking('Claims always name a class or take the default one; for volumes without a class, see storage.kind static.')
        : set([[to, value]]);
    case 'registry':
      return isHub(value) ? nothing('The images come from there in any case.') : set([[to, value]]);
    case 'without':
      return withoutKeys(value, to, change.keys);
    case 'scripts':
      return scriptsOf(value, to);
    case 'environment':
      return serverEnvironment(value, to, change.isOfficial === true);
    case 'nodeAffinity':
      return affinityOf(value, to);
    case 'peer':
      return peerOf(value, to, change.field);
    case 'closed':
      return (value === true) === change.openWhile
        ? nothing('Everybody may connect.')
        : set([[to, 'peers']], 'Those whom networkPolicy.peers lists may connect; the old chart let in pods with a label of its own.');
    case 'volumes':
      return staticVolumes(value);
  }
}

function isHub(value: unknown): boolean {
  return typeof value === 'string' && /^(?:registry-1\.|index\.)?docker\.io$/.test(value);
}

/** A whole number, also one in quotes. */
export function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

function numberOutcome(value: unknown, to: Target, change: Change & { kind: 'number' | 'replicas' | 'duration' }): Outcome {
  const number = wholeNumber(value);
  if (number === undefined || number < 0) return lacking('It is no whole number.');
  if (change.kind === 'number') return set([[to, number]]);
  if (change.kind === 'replicas') return set([[to, number + 1]]);
  return number === 0 ? nothing(EMPTY) : set([[to, lengthOfTime(number * (change.unit === 'd' ? 86_400 : 1))]]);
}

function wordOutcome(value: unknown, to: Target, { words, unsaid = 'It is so by default.' }: Change & { kind: 'words' }): Outcome {
  const key = isObject(value) ? '' : String(value);
  if (!Object.hasOwn(words, key))
    return lacking(
      `The chart knows ${
        Object.keys(words)
          .filter((word) => word !== '')
          .join(', ') || 'nothing'
      } alone.`,
    );
  const word = words[key];
  return word === null ? nothing(unsaid) : set([[to, word]]);
}

/** A tag, or a whole image with one. */
function engineOutcome(value: unknown, to: Target, family: 'mysql' | 'mariadb'): Outcome {
  const text = String(value).replace(/@sha256:.*$/, '');
  const version = (/:([^:/]+)$/.exec(text)?.[1] ?? text).replace(/^v/, '');
  const found = engineOfVersion(family, version);
  if (found === undefined) return lacking('No engine of the chart follows from it: set engine to what SELECT VERSION() says.');
  return set([[to, found.engine]], ...(found.note === undefined ? [] : [found.note]));
}

function settingsText(value: unknown, change: Change): string {
  if (change.kind === 'settingsMap')
    return isObject(value)
      ? Object.entries(value)
          .map(([name, setting]) => `${name}=${String(setting)}`)
          .join('\n')
      : '';
  if (change.kind === 'settingsPreset') return change.presets[String(value)] ?? '';
  if (change.kind === 'setting') return `${change.name}=${String(value)}`;
  const text = typeof value === 'string' ? value : '';
  return change.kind === 'flags' ? flagLines(text) : text;
}

function presetOutcome(value: unknown, to: Target, presets: Readonly<Record<string, unknown>>): Outcome {
  const preset = presets[String(value)];
  if (preset === undefined) return lacking('The old chart has no such preset.');
  return isObject(preset) && Object.keys(preset).length === 0 ? nothing('It asks for nothing.') : set([[to, preset]]);
}

function withoutKeys(value: unknown, to: Target, keys: readonly string[]): Outcome {
  if (!isObject(value)) return lacking('It is no map.');
  if (value['enabled'] === false) return nothing('It is switched off.');
  const kept = Object.entries(value).filter(([key, member]) => !keys.includes(key) && !isEmptyValue(member));
  return kept.length === 0 ? nothing('The chart says the rest by itself.') : set([[to, Object.fromEntries(kept)]]);
}

/** Rules of scheduling move as they are; where they look for the old chart's pods, a person must say for which ones. */
function rulesOutcome(value: unknown, to: Target): Outcome {
  const looks = JSON.stringify(value).includes('abelSelector');
  const notes = looks ? ['It looks for pods by labels; those of this chart have app.kubernetes.io/name: mysql-sts.'] : [];
  return { kind: 'set', values: [[to, value]], isSame: true, notes };
}

/** Whether a value says nothing. */
export function isEmptyValue(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
