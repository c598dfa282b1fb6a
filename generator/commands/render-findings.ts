import type { Finding } from '../check/finding.ts';
import type { Place } from '../check/place.ts';
import { style } from './terminal.ts';

/** Characters of a source line that are shown; a caret further right moves the window. */
const SHOWN = 120;

/** A finding as people see it: where, what, the line itself, and what to do. */
export function findingLines(finding: Finding): readonly string[] {
  const { place, path, message, suggestion, cure, code } = finding;
  const where = place === undefined ? '' : `${place.file}:${place.line}:${place.column}: `;
  const subject = path === '' ? '' : `${style.bold(path)}: `;
  return [
    `${style.cyan(where)}${subject}${message} ${style.dim(`[${code}]`)}`,
    ...(place === undefined ? [] : sourceLines(place)),
    ...(suggestion === undefined ? [] : [`${margin(place)} ${style.green('Did you mean')} ${style.bold(suggestion)}?`]),
    ...(cure === undefined ? [] : [`${margin(place)} ${cure}`]),
  ];
}

/** A finding for programs. */
export function findingJson({ code, path, together, place, message, suggestion, cure }: Finding): object {
  return {
    code,
    path,
    together,
    file: place?.file,
    line: place?.line,
    column: place?.column,
    endColumn: place?.end,
    message,
    suggestion,
    cure,
  };
}

function sourceLines(place: Place): readonly string[] {
  const first = place.column > SHOWN ? place.column - SHOWN / 2 : 1;
  const shown = place.source.slice(first - 1, first - 1 + SHOWN);
  const before = shown.slice(0, place.column - first).replaceAll(/[^\t]/g, ' ');
  const length = Math.max(1, Math.min(place.end, first + SHOWN) - place.column);
  return [`${style.dim(`${numberText(place)} │`)} ${printable(shown)}`, `${margin(place)} ${before}${style.red('^'.repeat(length))}`];
}

function margin(place: Place | undefined): string {
  return place === undefined ? '   ' : style.dim(`${' '.repeat(numberText(place).length)} │`);
}

function numberText({ line }: Place): string {
  return String(line).padStart(5);
}

/** Control characters in a file must not reach the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[^\t\P{Cc}]/gu, '\u{FFFD}');
}
