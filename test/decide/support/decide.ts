/** Asks the pure functions of the pod's scripts about many states at once: one bash, one line a state. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASH } from '../../support/bash.ts';

export const DECIDE = join(import.meta.dirname, '../../../generator/templates/files/decide');

/** Some values of each fact; a list of parts, each of which fixes some facts. */
export type Part<Fact extends string> = readonly Readonly<Partial<Record<Fact, string>>>[];

/** What a script answered: the value of each variable. */
export type Answers<Answer extends string> = Readonly<Record<Answer, string>>;

/** What a script is asked. */
interface Question<Fact extends string, Answer extends string> {
  /** Files below decide/, without their ending. */
  readonly files: readonly string[];
  readonly call: string;
  readonly facts: readonly Fact[];
  /** The variables that hold the answer. */
  readonly answers: readonly Answer[];
  /** What lies in `decide/` but for a planted mistake: its text, changed. */
  readonly plant?: (text: string) => string;
}

/** All combinations of one entry of each part. */
export function combine<Fact extends string>(...[first = [], ...others]: readonly Part<Fact>[]): Part<Fact> {
  return others.reduce((states, part) => states.flatMap((state) => part.map((entry) => ({ ...state, ...entry }))), first);
}

/** A part with each value of one fact. */
export function each<Fact extends string>(fact: Fact, ...values: readonly string[]): Part<Fact> {
  return values.map((value): Readonly<Partial<Record<Fact, string>>> => {
    const entry: Partial<Record<Fact, string>> = {};
    entry[fact] = value;
    return entry;
  });
}

/** The answer to each state, in their order. Throws with bash's own words when a script fails. */
export function decideAll<Fact extends string, Answer extends string>(
  { files, call, facts, answers, plant = (text) => text }: Question<Fact, Answer>,
  states: readonly Readonly<Partial<Record<Fact, string>>>[],
): readonly Answers<Answer>[] {
  const sources = files.map((file) => plant(readFileSync(join(DECIDE, `${file}.sh`), 'utf8')));
  const program = [
    'set -u; export PATH=/nowhere; load() { :; }; declare -A FACT=() TEXT=()',
    ...sources,
    `while read -r ${facts.map((fact) => `'FACT[${fact}]'`).join(' ')}; do`,
    `  ${answers.map((answer) => `${answer}=`).join(' ')}`,
    `  ${call} || { printf 'no row fits\\n'; continue; }`,
    `  printf '%s|' ${answers.map((answer) => `"$${answer}"`).join(' ')}; printf '\\n'`,
    'done',
  ].join('\n');
  const input = states.map((state) => facts.map((fact) => valueOf(state, fact)).join(' ')).join('\n');
  const { stdout, stderr, status } = spawnSync(BASH, ['-c', program], { input: `${input}\n`, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const lines = stdout.trimEnd().split('\n');
  if (status !== 0 || stderr !== '' || lines.length !== states.length) {
    throw new Error(`${call} answered ${lines.length} of ${states.length} states (status ${String(status)}): ${stderr}`);
  }
  return lines.map((line) => readAnswer(line, answers));
}

function valueOf<Fact extends string>(state: Readonly<Partial<Record<Fact, string>>>, fact: Fact): string {
  const value = state[fact];
  if (value === undefined) throw new Error(`A state lacks the fact ${fact}.`);
  return value;
}

function readAnswer<Answer extends string>(line: string, answers: readonly Answer[]): Answers<Answer> {
  const parts = line.split('|');
  const found: Partial<Record<Answer, string>> = {};
  answers.forEach((answer, index) => (found[answer] = parts[index]));
  if (parts.length !== answers.length + 1 || !isWhole(found, answers)) throw new Error(`An answer is not whole: ${line}`);
  return found;
}

function isWhole<Answer extends string>(
  found: Partial<Record<Answer, string>>,
  answers: readonly Answer[],
): found is Record<Answer, string> {
  return answers.every((answer) => found[answer] !== undefined);
}

/** The first state for which a property does not hold, as a person can read it; undefined when it holds for all. */
export function counterexample<S, A>(
  states: readonly S[],
  answers: readonly A[],
  holds: (state: S, answer: A) => boolean,
): string | undefined {
  const index = states.findIndex((state, place) => {
    const answer = answers[place];
    return answer !== undefined && !holds(state, answer);
  });
  return index === -1 ? undefined : `${JSON.stringify(states[index])} → ${JSON.stringify(answers[index])}`;
}

/** The names of the rows in the text of a script. */
export function rowsOf(...files: readonly string[]): readonly string[] {
  const text = files.map((file) => readFileSync(join(DECIDE, `${file}.sh`), 'utf8')).join('\n');
  return [...text.matchAll(/^\s*row ([a-z-]+) /gm)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}
