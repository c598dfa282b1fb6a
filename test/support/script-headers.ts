/**
 * The comment under which each script of the chart states what it needs. After the sentences of what it does come lines of these words,
 * and a line that begins with spaces goes on with the one before it:
 *
 * - `reads`: variables of the pod's environment, then files, as `$STATE/asked`; a folder stands for all in it.
 * - `gives`: globals that are assigned in this file alone.
 * - `writes`: files.
 * - `exits`: `never`, or what its statuses mean. Only programs exit.
 */

import { factsOf, type ScriptFacts } from './shell-syntax.ts';

const WORDS = ['reads', 'gives', 'writes', 'exits'] as const;
type Word = (typeof WORDS)[number];

/** What a script says of itself, a list of words a line. */
export type ScriptHeader = Readonly<Record<Word, readonly string[]>>;

/** Reads the comment of a script. */
export function headerOf(text: string): ScriptHeader {
  const found: Record<Word, string[]> = { reads: [], gives: [], writes: [], exits: [] };
  let current: Word | undefined;
  for (const line of text.split('\n')) {
    if (!line.startsWith('#')) break;
    const [, word, value = ''] = /^# (\w+): +(\S.*)$/.exec(line) ?? [];
    const known = WORDS.find((candidate) => candidate === word);
    if (known !== undefined) current = known;
    const more = known === undefined ? (/^# {3,}(\S.*)$/.exec(line)?.[1] ?? '') : value;
    if (current !== undefined && more !== '') found[current].push(...more.split(/\s+/));
  }
  return found;
}

/** Files that the code names, those that only get a name aside, without what differs from run to run: `$RUN/condition-$1` is `$RUN/condition-`. */
export function placesIn(text: string): readonly string[] {
  const code = text
    .split('\n')
    .filter((line) => !/^\s*#|^readonly /.test(line))
    .join('\n');
  const found = [...code.matchAll(/\$(RUN|STATE|SETTINGS|INSTANCE)"?(\/[\w./-]+)/g)].map(([, name = '', rest = '']) => `$${name}${rest}`);
  return [...new Set(found.map((place) => place.replace(/(\.new|\/)$/, '')))];
}

/** Whether a header names the file, or the folder that it is in. */
export function covers(entries: readonly string[], place: string): boolean {
  return entries.some((entry) => place === entry || place.startsWith(`${entry}/`) || (/[-/]$/.test(entry) && place.startsWith(entry)));
}

/** Words of an engine's template are none of bash's. */
export function factsOfTemplate(path: string, text: string): ScriptFacts {
  return factsOf(path, text.replaceAll(/<%.*?%>/g, 'word'));
}
