/** Arrays that always have elements, so that they need no guard against bash before 4.4. */

/** One array of one script. */
export interface NeverEmpty {
  /** The script below `files/`, without its ending. */
  readonly script: string;
  readonly array: string;
  /** Why it has elements, as a sentence. */
  readonly reason: string;
}

const COMMAND = 'server_command puts the program first.';
const TLS = 'tls_program puts the program first.';

/** What a reader has checked. A line that no script needs any more is refused, too. */
export const NEVER_EMPTY: readonly NeverEmpty[] = [
  { script: 'do/metrics', array: 'POD_STATES', reason: 'It is written there in full.' },
  { script: 'do/metrics', array: 'LEADING_STATES', reason: 'It is written there in full.' },
  { script: 'do/retain', array: 'all', reason: 'A here-string has a line even where its text is empty.' },
  { script: 'do/server', array: 'SERVER_COMMAND', reason: COMMAND },
  { script: 'run/copy-backup', array: 'SOURCES', reason: 'choose_sources names one in each case.' },
  { script: 'run/start-mysql', array: 'SERVER_COMMAND', reason: COMMAND },
  { script: 'see/status', array: 'lines', reason: 'A here-string has a line even where its text is empty.' },
  { script: 'talk/api', array: 'TLS_PROGRAM', reason: TLS },
  { script: 'talk/kube', array: 'TLS_PROGRAM', reason: TLS },
  { script: 'talk/target', array: 'options', reason: 'Those of every call are there from the beginning.' },
  { script: 'talk/session', array: 'statements', reason: 'Whoever asks for rows asks at least one question.' },
];
