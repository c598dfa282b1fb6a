/** Waiting on conditions. */

import { setTimeout as pause } from 'node:timers/promises';

/** Asks until the answer is yes; after the limit it is an error that names what was awaited and why it is missing. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  { seconds = 120, why = () => '' }: { readonly seconds?: number; readonly why?: () => string } = {},
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited ${seconds} s in vain until ${what}.\n${why()}`);
    await pause(50);
  }
}
