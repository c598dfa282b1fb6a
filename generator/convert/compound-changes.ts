/** Changes of values that have parts. */
import { isObject } from '../model/json-schema.ts';
import { valueAt } from '../model/model.ts';
import type { Target } from '../origins/row.ts';
import { lacking, nothing, set, type Outcome } from './outcome.ts';

/** Scripts by the endings that the chart runs. */
export function scriptsOf(value: unknown, to: Target): Outcome {
  if (!isObject(value)) return lacking('It is no map of file names.');
  const entries = Object.entries(value);
  const kept = entries.filter(([name, text]) => /\.(?:sql|sh)$/.test(name) && typeof text === 'string' && text !== '');
  const left = entries.filter(([name]) => !kept.some(([other]) => other === name)).map(([name]) => name);
  const shell = kept.some(([name]) => name.endsWith('.sh'))
    ? ['A .sh script finds other variables than in the old image: mysql-sts explain initdb.']
    : [];
  if (kept.length === 0) return lacking('The chart runs files that end in .sql and .sh.');
  const notes = left.length === 0 ? shell : [`Only .sql and .sh are run, so these are left out: ${left.join(', ')}.`, ...shell];
  return left.length === 0 ? { kind: 'set', values: [[to, value]], isSame: true, notes } : set([[to, Object.fromEntries(kept)]], ...notes);
}

const OF_THE_IMAGE = /^(?:MYSQL|MARIADB|BITNAMI)_/;

/** Variables of the server, but for those that only the old image's scripts read. */
export function serverEnvironment(value: unknown, to: Target, isOfficial: boolean): Outcome {
  if (!Array.isArray(value)) return lacking('It is no list of variables.');
  const items: readonly unknown[] = value;
  const names = items.map((item) => (isObject(item) ? String(item['name']) : ''));
  const left = names.filter((name) => OF_THE_IMAGE.test(name));
  const kept = items.filter((_, index) => !OF_THE_IMAGE.test(names[index] ?? ''));
  if (left.length === 0) return { kind: 'set', values: [[to, value]], isSame: true, notes: [] };
  const named = isOfficial ? namesOf(items) : [];
  const passwords = left.some((name) => name.includes('PASSWORD')) ? ' A password in them belongs into a Secret: auth.existingSecret.' : '';
  const because = `Only the old image's scripts read ${left.join(', ')}.${passwords}`;
  const values: readonly (readonly [Target, unknown])[] = kept.length === 0 ? named : [[to, kept], ...named];
  return values.length === 0 ? nothing(because) : set(values, because);
}

/** The database and the account that the official images make. */
function namesOf(items: readonly unknown[]): readonly (readonly [Target, unknown])[] {
  const valueOf = (ending: string): unknown =>
    items.filter(isObject).find(({ name }) => name === `MYSQL_${ending}` || name === `MARIADB_${ending}`)?.['value'];
  const [database, username] = [valueOf('DATABASE'), valueOf('USER')];
  return [
    ...(typeof database === 'string' ? [['auth.database', database] as const] : []),
    ...(typeof username === 'string' ? [['auth.username', username] as const] : []),
  ];
}

/** Bitnami's `type`, `key` and `values`. */
export function affinityOf(value: unknown, to: Target): Outcome {
  const { type, key, values } = isObject(value) ? value : {};
  if (type === undefined || type === '') return nothing('It is switched off.');
  const term = { matchExpressions: [{ key, operator: 'In', values }] };
  const rule =
    type === 'hard'
      ? { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } }
      : { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: term }] };
  return set([[to, { nodeAffinity: rule }]]);
}

/** Labels of one field of a peer. */
export function peerOf(value: unknown, to: Target, field: string): Outcome {
  return set([[to, [{ [field]: { matchLabels: value } }]]]);
}

/** Volumes over NFS or a folder whose names differ in one number. */
export function staticVolumes(value: unknown): Outcome {
  const volumes: readonly unknown[] = Array.isArray(value) ? value : [];
  const paths = volumes.map((volume) => valueAt(volume, 'spec.nfs.path') ?? valueAt(volume, 'spec.hostPath.path'));
  const server = valueAt(volumes[0], 'spec.nfs.server');
  const folders = paths.map((path) => (typeof path === 'string' ? /^(.*)\/([^/]*?)([0-9]+)([^/]*)$/.exec(path) : null));
  const numbers = folders.map((match) => Number(match?.[3])).sort((left, right) => left - right);
  const first = folders[0];
  const [lowest = 0] = numbers;
  const isSeries = numbers.every((number, index) => number === lowest + index);
  const isAlike = folders.every((match) => match?.[1] === first?.[1] && match?.[2] === first?.[2] && match?.[4] === first?.[4]);
  if (!first || !isSeries || !isAlike)
    return lacking('The volumes are not folders of one place with one number each: describe them in storage.static.');
  const [, path, before = '', , after = ''] = first;
  const source: readonly (readonly [Target, unknown])[] =
    server === undefined
      ? [
          ['storage.static.source.kind', 'hostPath'],
          ['storage.static.source.hostPath.path', path],
        ]
      : [
          ['storage.static.source.kind', 'nfs'],
          ['storage.static.source.nfs.server', server],
          ['storage.static.source.nfs.path', path],
        ];
  return set([
    ['storage.kind', 'static'],
    ['storage.static.count', volumes.length],
    ['storage.static.firstIndex', lowest],
    ['storage.static.directory', `${before}%d${after}`],
    ...source,
  ]);
}
