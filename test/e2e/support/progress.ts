/** What a person sees while something takes its time, and waiting on conditions. */

import { AssertionError } from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

/** What a look at the world showed: what was waited for, or a sentence on how far it is. */
export type Look<T> = { readonly done: true; readonly value: T } | { readonly done: false; readonly state: string };

/** What is waited for. */
export interface Wait<T> {
  /** Completes the sentence "waiting for …". */
  readonly what: string;
  /** Seconds after which it counts as failed. */
  readonly deadline: number;
  readonly look: () => Promise<Look<T>>;
}

/** A look costs the API server some milliseconds. */
export const LOOK_AGAIN_MS = 500;
/** Nobody wonders about what is over by then. */
const PATIENCE_S = 2;
/** A state that stays as it is is told again after so long, so that the reader sees time pass. */
const REPEAT_S = 15;

/** Prints a line for a person. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A count of seconds since some moment. */
export type Stopwatch = () => number;

/** Starts to count seconds. */
export function stopwatch(): Stopwatch {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}

/** Seconds as a column of numbers, so that lines of progress stay below each other. */
export function elapsed(seconds: number): string {
  return `${seconds.toFixed(0).padStart(4)} s`;
}

/** The beginning of a text that is too long for its place. */
export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)} …`;
}

/** Looks until it is done, and prints each new state of what takes longer than a moment. */
export async function waitFor<T>({ what, deadline, look }: Wait<T>): Promise<T> {
  const seconds = stopwatch();
  let told = { state: '', at: 0 };
  for (;;) {
    const seen = await look();
    if (seen.done) return seen.value;
    const now = seconds();
    if (now > deadline) throw new Error(`Waited ${deadline} s for ${what} in vain: ${seen.state}`);
    if (now > PATIENCE_S && (seen.state !== told.state || now - told.at > REPEAT_S)) {
      told = { state: seen.state, at: now };
      say(`${elapsed(now)}  ${seen.state}`);
    }
    await delay(LOOK_AGAIN_MS);
  }
}

/** Looks until an assertion holds. What it says is the state. */
export async function untilHolds(what: string, deadline: number, assertion: () => Promise<void>): Promise<void> {
  const look = async (): Promise<Look<undefined>> => {
    try {
      await assertion();
      return { done: true, value: undefined };
    } catch (error) {
      if (!(error instanceof AssertionError)) throw error;
      return { done: false, state: error.message.replaceAll(/\s+/g, ' ') };
    }
  };
  await waitFor({ what, deadline, look });
}

/** The look at a condition that has no value. */
export function condition(met: boolean, state: string): Look<undefined> {
  return met ? { done: true, value: undefined } : { done: false, state };
}
