/** Shows what each pod is doing until all are Ready. */

import { setTimeout as delay } from 'node:timers/promises';
import type { V1Pod } from '@kubernetes/client-node';
import { core, ifFound } from '../support/kubernetes.ts';
import { currentContainer, isReady, isTerminating, nameOf, stateOf } from '../support/pods.ts';
import { elapsed, LOOK_AGAIN_MS, say, shortened, stopwatch } from '../support/progress.ts';
import { isSettled, podsOf, type Release } from '../support/release.ts';

/** A demonstration that takes longer has failed. */
const DEADLINE = 600;
/** What a terminal shows of a line from a log. */
const LINE_LENGTH = 110;
/** Between the lines of our scripts are those of the server, which say much and explain little. */
const LOG_LINES = 30;
const SCRIPT_LINE = /^\S+Z [a-z-]+\.sh: (.*)$/gm;

/** Prints a line for each pod whenever it does something else, with the time since the start. */
export async function followUntilReady(release: Release): Promise<void> {
  const seconds = stopwatch();
  const shown = new Map<string, string>();
  while (seconds() < DEADLINE) {
    const pods = await podsOf(release.namespace, release.name);
    const words = await Promise.all(pods.map((pod) => wordsOf(release.namespace, pod)));
    for (const [i, pod] of pods.entries()) {
      const text = words[i] ?? '';
      if (shown.get(nameOf(pod)) !== text) say(`${elapsed(seconds())}  ${nameOf(pod)}  ${text}`);
      shown.set(nameOf(pod), text);
    }
    if (await isSettled(release)) return;
    await delay(LOOK_AGAIN_MS);
  }
  throw new Error(`The pods were not Ready after ${DEADLINE} s; the lines above say what each was doing.`);
}

async function wordsOf(namespace: string, pod: V1Pod): Promise<string> {
  const container = currentContainer(pod);
  if (isReady(pod) || isTerminating(pod) || container?.state?.running === undefined) return stateOf(pod);
  return shortened(`${container.name}: ${await lastWords(namespace, nameOf(pod), container.name)}`, LINE_LENGTH);
}

async function lastWords(namespace: string, name: string, container: string): Promise<string> {
  const log = await ifFound(core.readNamespacedPodLog({ namespace, name, container, tailLines: LOG_LINES }));
  const [, words] = [...(log ?? '').matchAll(SCRIPT_LINE)].at(-1) ?? [];
  return words ?? 'works';
}
