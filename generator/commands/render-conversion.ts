import { placeText } from '../check/place.ts';
import type { Conversion, SecretToMake, Translated, Verdict } from '../convert/report.ts';
import type { Origin, Row } from '../origins/row.ts';
import { style, tableLines, type Cell } from './terminal.ts';

const WORDS: Readonly<Record<Verdict, string>> = {
  moved: 'moved',
  default: 'was the default',
  dropped: 'not needed',
  lacking: 'no counterpart',
  secret: 'not copied',
  unknown: 'unknown',
};

/** What became of each key, as a table. */
export function tableOf(rows: readonly Translated[]): readonly string[] {
  return tableLines([
    header('old value', 'here', 'what else there is to know'),
    ...rows.map((row): readonly Cell[] => [
      { text: row.from, look: style.bold },
      { text: row.to[0] ?? WORDS[row.verdict], look: row.to.length > 0 ? same : isLoss(row.verdict) ? style.yellow : style.dim },
      { text: knowledge(row) },
    ]),
  ]);
}

function knowledge({ verdict, to: [, ...others], sentence }: Translated): string {
  const left = verdict === 'default' ? "The old chart's default." : '';
  const more = others.length === 0 ? '' : `Also ${others.join(', ')}.`;
  return [left, more, sentence].filter((text) => text !== '').join(' ');
}

function same(text: string): string {
  return text;
}

/** All that is known of an origin. */
export function originTable({ rows }: Origin): readonly string[] {
  return tableLines([
    header('old value', 'value here', 'what else there is to know'),
    ...rows.map((row): readonly Cell[] => [
      { text: row.from, look: style.bold },
      { text: row.kind === 'move' ? row.to : '' },
      { text: rowSentence(row) },
    ]),
  ]);
}

function rowSentence(row: Row): string {
  switch (row.kind) {
    case 'move': {
      const conditions = (row.when ?? []).map(
        ({ path, is }) =>
          `While ${path} is ${is.map((word) => (word === '*' ? 'set' : word === '' ? 'empty' : String(word))).join(' or ')}.`,
      );
      return [...conditions, ...(row.note === undefined ? [] : [row.note])].join(' ');
    }
    case 'drop':
      return `Not needed: ${row.because}`;
    case 'lack':
      return `No counterpart: ${row.because}`;
    case 'password':
      return 'Not copied: it belongs into a Secret.';
  }
}

function isLoss(verdict: Verdict): boolean {
  return verdict === 'lacking' || verdict === 'unknown';
}

/** What a person must know beside the file: losses with their places, sentences about what moved, what to do first. */
export function summaryLines(file: string, { title, wrapping, rows, secret }: Conversion): readonly string[] {
  const count = (verdict: Verdict): number => rows.filter((row) => row.verdict === verdict).length;
  const inside = wrapping === '' ? '' : `, below ${wrapping}`;
  const losses = rows.filter(({ verdict }) => isLoss(verdict));
  const notes = rows.filter(
    ({ verdict, sentence }) => sentence !== '' && (verdict === 'moved' || verdict === 'default' || verdict === 'secret'),
  );
  return [
    `${losses.length === 0 ? style.green('✔') : style.yellow('!')} ${file}${inside}: values of ${title}; ${count('moved')} moved, ${count('dropped')} not needed, ${losses.length} without a counterpart`,
    ...losses.map((row) => noteLine(row, style.yellow)),
    ...notes.map((row) => noteLine(row, style.dim)),
    ...(secret === undefined ? [] : secretLines(secret)),
  ];
}

function noteLine({ place, from, sentence, verdict }: Translated, look: (text: string) => string): string {
  const where = place === undefined ? '' : `${placeText(place)}: `;
  const subject = verdict === 'default' ? `${from}, which the file leaves to the old chart` : from;
  return `${style.cyan(where)}${style.bold(subject)}: ${look(sentence)}`;
}

/** The Secret and a command for it, in which no password stands. */
function secretLines({ name, exists, keys }: SecretToMake): readonly string[] {
  const asked = exists ? keys.filter(({ isOld }) => !isOld) : keys;
  if (asked.length === 0) return [];
  const what = exists ? `The Secret ${name} needs these keys, too` : `Make the Secret ${name} before the install, with these keys`;
  return [
    '',
    `${what}:`,
    ...asked.map(({ key, holds }) => `  ${key}: ${holds}`),
    exists
      ? 'Add them in the place that the Secret comes from.'
      : `A folder with one file for each key makes it: kubectl create secret generic ${name} --from-file=FOLDER`,
  ];
}

/** A conversion for programs. */
export function conversionJson({ origin, title, wrapping, text, rows, secret }: Conversion): object {
  return {
    origin,
    title,
    wrapping,
    values: text,
    rows: rows.map(({ from, verdict, to, sentence, place }) => ({ from, verdict, to, sentence, line: place?.line, column: place?.column })),
    secret,
  };
}

function header(...titles: readonly string[]): readonly Cell[] {
  return titles.map((text): Cell => ({ text, look: style.dim }));
}
