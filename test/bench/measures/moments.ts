/** When a pod that is made anew does what: the profile of a start. */

import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import type { V1ContainerState, V1Pod } from '@kubernetes/client-node';
import { core, ifFound } from '../../e2e/support/kubernetes.ts';
import { isReady } from '../../e2e/support/pods.ts';
import { bytesIn, volumeFolder } from '../../faults/support/disk.ts';
import type { Phase } from '../results.ts';

/** Who looks more often than this takes a processor away from the copying. */
const LOOK_MS = 100;
/** What grows by less is logs and preparation. */
const GROWTH = 1.01;
const DEADLINE_S = 600;

const CONTAINERS = ['init-mysql', 'clone-mysql', 'mysql'] as const;
type Moment = (typeof CONTAINERS)[number] | 'first byte' | 'last byte' | 'Ready';

/** What lies before each moment, in their order. */
const PHASES: readonly (readonly [moment: Moment, before: string])[] = [
  ['init-mysql', 'pod, volume and image start'],
  ['clone-mysql', 'init-mysql'],
  ['first byte', 'a donor is found, and sends its first byte'],
  ['last byte', 'copying'],
  ['mysql', 'the copy is prepared, proven and published'],
  ['Ready', 'recovery, replication, probes'],
];

/** Which pod is watched. */
export interface Watched {
  readonly namespace: string;
  readonly name: string;
  /** The pod of that name that was there before. */
  readonly before?: string;
  /** Folder of a copy that is not complete, on its volume; left out for a pod that copies nothing. */
  readonly copy?: string;
}

/** Watches a pod from its beginning until it is Ready. All times are in seconds since the watch began. */
export class PodWatch {
  readonly #watched: Watched;
  readonly #start = performance.now();
  readonly #moments = new Map<Moment, number>();
  #bytes = 0;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** The size of the copy when it had all but grown to its end. */
  get bytes(): number {
    return this.#bytes;
  }

  /** When something was seen, on the clock of `performance.now()`. */
  at(moment: Moment): number {
    return this.#start + this.#secondsAt(moment) * 1000;
  }

  secondsBetween(first: Moment | undefined, last: Moment): number {
    return this.#secondsAt(last) - (first === undefined ? 0 : this.#secondsAt(first));
  }

  /** The time from the beginning of the watch until Ready, cut into pieces. */
  phases(): readonly Phase[] {
    let end = 0;
    return PHASES.flatMap(([moment, name]) => {
      const at = this.#moments.get(moment);
      if (at === undefined || at < end) return [];
      const seconds = at - end;
      end = at;
      return [{ name: moment === 'mysql' && !this.#moments.has('last byte') ? 'clone-mysql' : name, seconds }];
    });
  }

  /** Returns once the pod is Ready. */
  async untilReady(): Promise<void> {
    await Promise.all([this.#watchPod(), this.#watchCopy()]);
  }

  #secondsAt(moment: Moment): number {
    const at = this.#moments.get(moment);
    if (at === undefined) throw new Error(`Pod ${this.#watched.name} was never seen at the moment "${moment}".`);
    return at;
  }

  #note(moment: Moment, again = false): void {
    if (again || !this.#moments.has(moment)) this.#moments.set(moment, (performance.now() - this.#start) / 1000);
  }

  get #isReady(): boolean {
    return this.#moments.has('Ready');
  }

  async #watchPod(): Promise<void> {
    const { namespace, name, before } = this.#watched;
    while (!this.#isReady) {
      const pod = await ifFound(core.readNamespacedPod({ namespace, name }));
      if (pod !== undefined && pod.metadata?.uid !== before) this.#notePod(pod);
      if (performance.now() - this.#start > DEADLINE_S * 1000) throw new Error(`Pod ${name} was not Ready after ${DEADLINE_S} s.`);
      await delay(LOOK_MS);
    }
  }

  #notePod(pod: V1Pod): void {
    const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
    for (const container of CONTAINERS) {
      if (hasBegun(statuses.find(({ name }) => name === container)?.state)) this.#note(container);
    }
    if (isReady(pod)) this.#note('Ready');
  }

  /** Looks at the new volume only: that of the old pod, and a complete copy, hold nothing that grows. */
  async #watchCopy(): Promise<void> {
    const { namespace, name, copy } = this.#watched;
    if (copy === undefined) return;
    while (!this.#isReady && !this.#moments.has('clone-mysql')) await delay(LOOK_MS);
    const volume = await volumeFolder(namespace, name);
    if (volume === undefined) return;
    while (!this.#isReady && !this.#moments.has('mysql')) {
      const bytes = bytesIn(join(volume, copy));
      if (bytes > 0) this.#note('first byte');
      if (bytes > this.#bytes * GROWTH) {
        this.#bytes = bytes;
        this.#note('last byte', true);
      }
      await delay(LOOK_MS);
    }
  }
}

function hasBegun(state: V1ContainerState | undefined): boolean {
  return state?.running !== undefined || state?.terminated !== undefined;
}
