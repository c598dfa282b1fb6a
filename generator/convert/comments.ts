/** The comments of a text, each with the key that it speaks of. */
import { Lexer } from 'yaml';
import type { Entry } from '../check/entry.ts';
import type { SourceText, Span } from '../check/place.ts';

/** What stands above a key and behind it. */
export interface KeyComments {
  readonly above: readonly string[];
  readonly behind: string | undefined;
}

/** All comments of a text. */
export interface Comments {
  /** What the file begins with, before an empty line. */
  readonly head: readonly string[];
  readonly of: (entry: Entry) => KeyComments;
  /** Those that nobody has asked for. */
  readonly rest: () => readonly string[];
}

const NONE: KeyComments = { above: [], behind: undefined };

interface Comment {
  readonly offset: number;
  readonly text: string;
}

/** The marks that the lexer puts between the pieces of a text. */
const SCALAR_FOLLOWS = '\u001F';
const MARKS: readonly string[] = ['\u0002', '\u0018', SCALAR_FOLLOWS];

/** Finds the comments of a text whose values are known. `safe` takes secrets out of them. */
export function commentsOf({ text }: SourceText, root: Entry, safe: (comment: string) => string): Comments {
  const starts = keyStarts(root, text).sort((left, right) => left - right);
  const found = commentTokens(text);
  const head = headComments(text, found, starts[0] ?? text.length);
  const byKey = new Map<number, { above: string[]; behind: string | undefined }>();
  for (const comment of found.slice(head.length)) {
    const { key = -1, isBehind } = keyOfComment(text, comment, starts);
    const own = byKey.get(key) ?? { above: [], behind: undefined };
    byKey.set(key, own);
    if (isBehind && own.behind === undefined) own.behind = safe(comment.text);
    else own.above.push(safe(comment.text));
  }
  const spent = new Set<number>();
  return {
    head: head.map(({ text: line }) => safe(line)),
    of: ({ keySpan }) => {
      if (keySpan === undefined || spent.has(keySpan.start)) return NONE;
      spent.add(keySpan.start);
      return byKey.get(keySpan.start) ?? NONE;
    },
    rest: () =>
      [...byKey]
        .filter(([start]) => !spent.has(start))
        .flatMap(([, { above, behind }]) => [...above, ...(behind === undefined ? [] : [behind])]),
  };
}

function keyStarts(entry: Entry, text: string): number[] {
  const { content } = entry;
  const children = content.kind === 'map' ? [...content.entries.values()] : content.kind === 'list' ? content.items : [];
  const own = isOf(entry.keySpan, text) ? [entry.keySpan.start] : [];
  return [...own, ...children.flatMap((child) => keyStarts(child, text))];
}

function isOf(span: Span | undefined, text: string): span is Span {
  return span?.source.text === text;
}

function commentTokens(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  let offset = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (!isScalar && MARKS.includes(lexeme)) {
      isScalar = lexeme === SCALAR_FOLLOWS;
      continue;
    }
    if (!isScalar && lexeme.startsWith('#')) comments.push({ offset, text: lexeme.slice(1).trimEnd() });
    isScalar = false;
    offset += lexeme.length;
  }
  return comments;
}

/** The first comments, if an empty line parts them from what follows. */
function headComments(text: string, comments: readonly Comment[], firstKey: number): readonly Comment[] {
  const before = comments.filter(({ offset }) => offset < firstKey);
  const end = before.findLastIndex(({ offset, text: line }) =>
    /^[ \t]*\r?\n(?:[ \t]*\r?\n|---)/.test(text.slice(offset + line.length + 1)),
  );
  return before.slice(0, end + 1);
}

/** A comment in a line of its own speaks of the next key, unless it is further in than that. */
function keyOfComment(text: string, { offset }: Comment, starts: readonly number[]): { key: number | undefined; isBehind: boolean } {
  const next = firstAfter(starts, offset);
  const [before, after] = [starts[next - 1], starts[next]];
  const isBehind = before !== undefined && text.slice(lineStart(text, offset), offset).trim() !== '';
  if (isBehind) return { key: before, isBehind };
  const isFurtherIn = after !== undefined && column(text, offset) > column(text, after);
  return { key: after === undefined || (isFurtherIn && before !== undefined) ? before : after, isBehind };
}

/** The first of the sorted numbers that is larger; a file may have many comments and keys. */
function firstAfter(sorted: readonly number[], offset: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

function column(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
