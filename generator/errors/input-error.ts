/** What a command cannot work with. Codes stay the same across releases. */
export type InputErrorCode =
  | 'USAGE'
  | 'FILE_MISSING'
  | 'FILE_IS_FOLDER'
  | 'FILE_UNREADABLE'
  | 'FILE_TOO_LARGE'
  | 'NOT_TEXT'
  | 'UNKNOWN_PATH'
  | 'NOT_A_CHART'
  | 'NO_SCHEMA'
  | 'OTHER_CHART'
  | 'OTHER_VERSION'
  | 'BROKEN_ARCHIVE'
  | 'BAD_DEFAULTS_FILE'
  | 'BAD_NAME'
  | 'FOLDER_IN_USE'
  | 'NOT_WRITABLE';

/** A command was asked for something that it cannot do; the message says what to do instead. The exit status is 2. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: InputErrorCode;

  constructor(code: InputErrorCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
