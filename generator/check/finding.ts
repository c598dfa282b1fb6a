import type { Place } from './place.ts';

/** What kinds of mistakes values can have. Codes stay the same across releases. */
export type FindingCode =
  | 'NOT_YAML'
  | 'DUPLICATE_KEY'
  | 'SEVERAL_DOCUMENTS'
  | 'NOT_A_MAP'
  | 'TOO_MANY_ALIASES'
  | 'NESTED_TOO_DEEP'
  | 'UNKNOWN_KEY'
  | 'WRONG_TYPE'
  | 'NOT_ALLOWED'
  | 'WRONG_FORM'
  | 'OUT_OF_RANGE'
  | 'WRONG_LENGTH'
  | 'MISSING'
  | 'BROKEN_RULE'
  | 'OTHER_CHART'
  | 'TWO_ORIGINS'
  | 'UNKNOWN_ORIGIN'
  | 'SEALED';

/** A mistake in values. */
export interface Finding {
  readonly code: FindingCode;
  /** Path of the value; empty for what concerns a whole file. */
  readonly path: string;
  /** All values that must fit together; for broken rules alone. */
  readonly together?: readonly string[];
  /** Undefined where the values did not come from a text. */
  readonly place: Place | undefined;
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What was probably meant. */
  readonly suggestion?: string;
  /** What to do, as a sentence. */
  readonly cure?: string;
}

/** Ends a piece of work that cannot go on with the mistakes of a file. */
export class FindingsError extends Error {
  override readonly name = 'FindingsError';
  readonly file: string;
  readonly findings: readonly Finding[];

  constructor(file: string, findings: readonly Finding[]) {
    super(findings.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.file = file;
    this.findings = findings;
  }
}

/** In the order in which a person reads the files; what has no place comes last. */
export function inReadingOrder(findings: readonly Finding[], files: readonly string[]): readonly Finding[] {
  const position = ({ place }: Finding): readonly number[] =>
    place === undefined ? [files.length, 0, 0] : [files.indexOf(place.file), place.line, place.column];
  return [...findings].sort((left, right) => compare(position(left), position(right)));
}

function compare(left: readonly number[], right: readonly number[]): number {
  const index = left.findIndex((number, at) => number !== right[at]);
  return index === -1 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}
