import type { LineCounter } from 'yaml';

/** Some characters of one line. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Column after the last character. */
  readonly end: number;
  /** The whole line. */
  readonly source: string;
}

/** A text with a name for messages. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

/** Some characters of a text, by their offsets: cheap to keep for every value, and a place only when one is needed. */
export interface Span {
  readonly source: SourceText;
  readonly lines: LineCounter;
  readonly start: number;
  readonly end: number;
}

/** Where the characters are, for a person. Of several lines only the first is told. */
export function placeOf({ source: { file, text }, lines, start, end }: Span): Place {
  const { line, col } = lines.linePos(start);
  const lineStart = start - (col - 1);
  const newline = text.indexOf('\n', lineStart);
  const source = text.slice(lineStart, newline === -1 ? text.length : newline).replace(/\r$/, '');
  const last = Math.min(end, lineStart + source.length);
  return { file, line, column: col, end: Math.max(col + 1, last - lineStart + 1), source };
}

/** A place as terminals and editors make it clickable. */
export function placeText({ file, line, column }: Pick<Place, 'file' | 'line' | 'column'>): string {
  return `${file}:${line}:${column}`;
}
