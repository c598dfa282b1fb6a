import type { Schema } from '../model/json-schema.ts';
import type { Change } from './change.ts';

type Limit = 'minimum' | 'maximum' | 'minLength' | 'maxLength' | 'minItems';

/** Each limit, and whether a larger number accepts more. */
const LIMITS: readonly (readonly [limit: Limit, words: string, growsWithNumber: boolean])[] = [
  ['minimum', 'smallest number', false],
  ['maximum', 'largest number', true],
  ['minLength', 'smallest length', false],
  ['maxLength', 'largest length', true],
  ['minItems', 'smallest number of items', false],
];

/** What a single value may be, compared. */
export function constraintChanges(path: string, old: Schema, now: Schema): readonly Change[] {
  const change = (level: Change['level'], sentence: string): Change => ({
    level,
    kind: 'changed',
    subject: path,
    sentence,
  });
  return [
    ...enumChanges(old, now, change),
    ...patternChanges(old.pattern, now.pattern, 'pattern', change),
    ...patternChanges(keyPattern(old), keyPattern(now), 'pattern of keys', change),
    ...LIMITS.flatMap(([limit, words, grows]) => limitChanges(old[limit], now[limit], words, grows, change)),
    ...multipleChanges(old.multipleOf, now.multipleOf, change),
  ];
}

type ChangeOf = (level: Change['level'], sentence: string) => Change;

function enumChanges(old: Schema, now: Schema, change: ChangeOf): readonly Change[] {
  if (old.enum === undefined && now.enum === undefined) return [];
  if (old.enum === undefined) return [change('major', `takes only ${wordsOf(now.enum)} now`)];
  if (now.enum === undefined) return [change('minor', 'takes any word now')];
  const gone = old.enum.filter((word) => now.enum?.includes(word) === false);
  const come = now.enum.filter((word) => old.enum?.includes(word) === false);
  return [
    ...(gone.length === 0 ? [] : [change('major', `no longer takes ${wordsOf(gone)}`)]),
    ...(come.length === 0 ? [] : [change('minor', `takes ${wordsOf(come)}, too`)]),
  ];
}

/** Whether one pattern accepts all that another does cannot be told, so a changed one counts as narrower. */
function patternChanges(old: string | undefined, now: string | undefined, words: string, change: ChangeOf): readonly Change[] {
  if (old === now) return [];
  if (now === undefined) return [change('minor', `has no ${words} any more`)];
  if (old === undefined) return [change('major', `has a ${words} now: ${now}`)];
  return [change('major', `has another ${words}, which may refuse what was accepted: ${now}`)];
}

function limitChanges(
  old: number | undefined,
  now: number | undefined,
  words: string,
  growsWithNumber: boolean,
  change: ChangeOf,
): readonly Change[] {
  if (old === now) return [];
  if (now === undefined) return [change('minor', `has no ${words} any more`)];
  if (old === undefined) return [change('major', `has a ${words} now: ${now}`)];
  const isWider = now > old === growsWithNumber;
  return [change(isWider ? 'minor' : 'major', `has ${now} instead of ${old} as its ${words}`)];
}

function multipleChanges(old: number | undefined, now: number | undefined, change: ChangeOf): readonly Change[] {
  if (old === now) return [];
  if (now === undefined) return [change('minor', `need not be a multiple of ${String(old)} any more`)];
  const isWider = old !== undefined && old % now === 0;
  return [change(isWider ? 'minor' : 'major', `must be a multiple of ${now} now`)];
}

function keyPattern(schema: Schema): string | undefined {
  return Object.keys(schema.patternProperties ?? {})[0];
}

function wordsOf(words: readonly unknown[] | undefined): string {
  return (words ?? []).map(String).join(', ');
}
