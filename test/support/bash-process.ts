/** One bash that holds functions of scripts and answers one question after the other: no process a question. */

import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { Socket } from 'node:net';
import { BASH } from './bash.ts';

/** What a function did: its status, and what it printed without the line feeds at its end. */
export interface Answer {
  readonly status: number;
  readonly output: string;
}

interface Waiting {
  readonly question: string;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Functions that start no program answer in less than a thousandth of it. */
const LIMIT_SECONDS = 20;

/** Reads the number of a question's words and the words, each with a NUL at its end; a status stands between two NULs. */
const LOOP = `
set -Euo pipefail
exec 3<&0 < /dev/null
for bash_process_file in "$@"; do . "$bash_process_file" || exit; done
while IFS= read -r -d '' -u 3 bash_process_count; do
  set --
  while (($# < bash_process_count)); do
    IFS= read -r -d '' -u 3 bash_process_word
    set -- "$@" "$bash_process_word"
  done
  bash_process_status=0
  "$@" || bash_process_status=$?
  printf '\\0%s\\0' "$bash_process_status"
done`;

/** A running bash. It keeps what a function sets: what is asked must not depend on what was asked before. */
export class BashProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: Waiting[] = [];
  #received = '';
  #errors = '';
  #ended: Error | undefined;

  /** Starts bash with these files loaded and no variables but these and PATH. */
  constructor(files: readonly string[], variables: Readonly<Record<string, string>> = {}) {
    const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', ...variables };
    this.#child = spawn(BASH, ['-c', LOOP, 'bash', ...files], { env });
    // A question that waits keeps this process alive; a bash that is not closed must not.
    this.#child.unref();
    for (const stream of this.#child.stdio) if (stream instanceof Socket) stream.unref();
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#receive(text);
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors += text;
    });
    // What a bash that has ended no longer reads; its end is reported below.
    this.#child.stdin.on('error', () => undefined);
    this.#child.on('error', (error) => {
      this.#end(`could not be started: ${error.message}`);
    });
    this.#child.on('close', (status, signal) => {
      this.#end(`ended with ${signal ?? `status ${String(status)}`}`);
    });
  }

  /** Calls a function with arguments, none of which may hold a NUL. Fails when bash ends instead, or does not answer in time. */
  ask(...words: readonly [string, ...string[]]): Promise<Answer> {
    const question = JSON.stringify(words);
    if (words.some((word) => word.includes('\0'))) throw new TypeError(`No argument of bash can hold a NUL: ${question}`);
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#end(`did not answer within ${LIMIT_SECONDS} s`);
      }, LIMIT_SECONDS * 1000);
      this.#waiting.push({ question, timer, resolve, reject });
      this.#child.stdin.write([String(words.length), ...words, ''].join('\0'));
    });
  }

  /** Ends bash. */
  close(): void {
    this.#child.stdin.end();
  }

  #receive(text: string): void {
    this.#received += text;
    for (;;) {
      const [output, status, ...rest] = this.#received.split('\0', 3);
      if (output === undefined || status === undefined || rest.length === 0) return;
      this.#received = this.#received.slice(output.length + status.length + 2);
      const answered = this.#waiting.shift();
      clearTimeout(answered?.timer);
      answered?.resolve({ status: Number(status), output: output.replace(/\n+$/, '') });
    }
  }

  /** All that is still asked fails with the question that bash was at. */
  #end(how: string): void {
    this.#ended ??= new Error(
      `${BASH} ${how}${this.#waiting[0] === undefined ? '' : ` at ${this.#waiting[0].question}`}.\n${this.#errors}`,
    );
    this.#child.kill('SIGKILL');
    for (const { timer, reject } of this.#waiting.splice(0)) {
      clearTimeout(timer);
      reject(this.#ended);
    }
  }
}
