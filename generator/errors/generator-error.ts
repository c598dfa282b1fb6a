/** What kinds of mistakes the generator finds. Codes stay the same across releases. */
export type ErrorCode =
  | 'TEMPLATE_SYNTAX'
  | 'UNKNOWN_PATH'
  | 'WRONG_HELPER'
  | 'CHANGELOG'
  | 'HAND_WRITTEN_PATH'
  | 'UNUSED_VALUE'
  | 'SCHEMA_KEYWORD'
  | 'SCHEMA_COMPILE'
  | 'MISSING_DESCRIPTION'
  | 'INVALID_DEFAULT'
  | 'BROKEN_RULE'
  | 'DUPLICATE_OUTPUT'
  | 'CHART_DIFFERS';

/** A mistake in the sources, told as a sentence with its place. */
export class GeneratorError extends Error {
  override readonly name = 'GeneratorError';
  readonly code: ErrorCode;
  readonly file: string;
  readonly line: number;

  constructor(code: ErrorCode, file: string, line: number, sentence: string) {
    super(sentence);
    this.code = code;
    this.file = file;
    this.line = line;
  }

  /** The mistake in the form that editors and terminals make clickable. */
  override toString(): string {
    return `${this.file}:${this.line}: ${this.message}`;
  }
}
