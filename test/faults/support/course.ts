/** A release that faults happen to, and what can be done to its pods. */

import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import type { V1Pod } from '@kubernetes/client-node';
import { kubectl, podNamed } from '../../e2e/support/kubernetes.ts';
import { nameOf } from '../../e2e/support/pods.ts';
import { stopwatch, untilHolds, type Stopwatch } from '../../e2e/support/progress.ts';
import { allPodsOf, untilReady, type Release } from '../../e2e/support/release.ts';
import { podSql } from '../../e2e/support/sql.ts';
import { bytesIn, volumeFolder } from './disk.ts';
import { containerProcesses, isProven, processesIn, signal, type NodeProcess } from './node.ts';
import { NotMade } from './not-made.ts';
import type { Container, Site } from './site.ts';

const DEADLINE = 180;
/** A moment that has not come by then does not come; whatever waits for the whole fault waits longer. */
const MOMENT_DEADLINE = 120;
/** A copy of some hundred megabytes takes less than a second, so this looks often. */
const SHORTLY_MS = 3;
/** How much log a copy needs depends on what was written of late, so it says nothing of how far a copy is. */
const LOGS = /^(ib_logfile|ibtmp|#innodb_)/;

/** A release under test, and the clock that its recovery is measured by. */
export class Course {
  readonly release: Release;
  readonly site: Site;
  #clock: Stopwatch = stopwatch();
  #copyBytes = 0;

  constructor(release: Release, site: Site) {
    this.release = release;
    this.site = site;
  }

  /** Starts the clock of recovery anew: the fault happened, or ended, now. */
  struck(): void {
    this.#clock = stopwatch();
  }

  /** Seconds since the fault. */
  get sinceStruck(): number {
    return this.#clock();
  }

  podName(ordinal: number): string {
    return `${this.release.fullname}-${ordinal}`;
  }

  async pod(ordinal: number): Promise<V1Pod> {
    return podNamed(this.release.namespace, this.podName(ordinal));
  }

  sql(ordinal: number, statements: string): Promise<readonly (readonly string[])[]> {
    return podSql(this.release, this.podName(ordinal), statements);
  }

  kubectl(args: readonly string[]): Promise<string> {
    return kubectl(this.release.namespace, args);
  }

  /** What runs in a container now. */
  async processes(ordinal: number, container: Container): Promise<readonly NodeProcess[]> {
    return processesIn(await this.pod(ordinal), this.site.containers[container]);
  }

  /** Sends a signal to all processes of a container. */
  async signal(ordinal: number, container: Container, name: NodeJS.Signals): Promise<void> {
    const processes = await this.processes(ordinal, container);
    if (processes.length === 0) throw new NotMade(`Container ${container} of ${this.podName(ordinal)} has no process on this machine.`);
    signal(processes, name);
  }

  /** Kills whatever the agent has started, but not the agent. */
  async killAgentWork(ordinal: number): Promise<void> {
    const [, ...work] = await this.processes(ordinal, 'agent');
    signal(work, 'SIGKILL');
  }

  /** Stops a server for good and waits until Kubernetes has seen it. */
  async killServer(ordinal: number): Promise<void> {
    const restarts = async (): Promise<number> =>
      (await this.pod(ordinal)).status?.containerStatuses?.find(({ name }) => name === 'mysql')?.restartCount ?? 0;
    const before = await restarts();
    await this.signal(ordinal, 'mysql', 'SIGKILL');
    this.struck();
    await untilHolds('the server to be started again', DEADLINE, async () => {
      assert.ok((await restarts()) > before, 'Kubernetes has not seen the end of the server');
    });
  }

  /** Does something to a pod and waits until there is another one by its name. */
  async replacePod(ordinal: number, work: () => Promise<unknown>): Promise<void> {
    const uid = (await this.pod(ordinal)).metadata?.uid;
    await work();
    this.struck();
    await untilHolds('another pod by its name', DEADLINE, async () => {
      assert.notEqual((await this.pod(ordinal)).metadata?.uid, uid, `${this.podName(ordinal)} has not been replaced`);
    });
  }

  async deletePod(ordinal: number, ...options: readonly string[]): Promise<void> {
    await this.replacePod(ordinal, () => this.kubectl(['delete', 'pod', this.podName(ordinal), ...options]));
  }

  /** Removes the claim of a pod with all that is on its volume, and the pod, so that it starts on an empty one. */
  async loseVolume(ordinal: number): Promise<void> {
    await this.kubectl(['delete', 'persistentvolumeclaim', `data-${this.podName(ordinal)}`, '--wait=false']);
    await this.deletePod(ordinal);
  }

  /** Takes pod 2 away and leaves its volume. */
  async removeReplica(): Promise<void> {
    await this.site.change({ replicaCount: 2 });
    await untilHolds('pod 2 to be gone', DEADLINE, async () => {
      assert.equal((await this.pods()).length, 2, `release ${this.release.name} in ${this.release.namespace} still has its third pod`);
    });
  }

  /** The folder of a pod's volume on this machine, once there is one. */
  async volume(ordinal: number): Promise<string> {
    const { namespace } = this.release;
    const until = stopwatch();
    for (;;) {
      const folder = await volumeFolder(namespace, this.podName(ordinal));
      if (folder !== undefined) return folder;
      assert.ok(until() < DEADLINE, `the volume of ${this.podName(ordinal)} did not come to be`);
      await delay(SHORTLY_MS);
    }
  }

  /**
   * Learns how much a copy is: from another release with the same data, or from a clone of pod 2 that nobody disturbs. Only what was
   * there before its proof counts: the proof makes logs and tables of its own.
   */
  async calibrate(known?: number): Promise<number> {
    this.#copyBytes = known ?? (await this.#measureCopy());
    return this.#copyBytes;
  }

  async #measureCopy(): Promise<number> {
    await this.loseVolume(2);
    const [volume, pod] = await Promise.all([this.volume(2), this.pod(2)]);
    const copy = join(volume, this.site.copy);
    const ends = new AbortController();
    const settling = this.settled().finally(() => {
      ends.abort();
    });
    let bytes = 0;
    while (!ends.signal.aborted) {
      const present = bytesIn(copy, LOGS);
      if (present > 0 && isProven(pod)) break;
      bytes = Math.max(bytes, present);
      await delay(SHORTLY_MS);
    }
    await settling;
    if (bytes === 0) throw new NotMade('No byte of the copy was seen, so no fault can be timed by it.');
    return bytes;
  }

  /** Takes pod 2 its volume and waits for the moment in its clone at which something holds. */
  async inClone(what: string, holds: (moment: CloneMoment) => boolean | Promise<boolean>): Promise<void> {
    await this.loseVolume(2);
    const [volume, pod] = await Promise.all([this.volume(2), this.pod(2)]);
    const until = stopwatch();
    while (!(await holds({ pod, volume, share: bytesIn(join(volume, this.site.copy), LOGS) / this.#copyBytes }))) {
      if (until() > MOMENT_DEADLINE) throw new NotMade(`The clone never was at the moment "${what}".`);
      await delay(SHORTLY_MS);
    }
  }

  /** Kills whatever runs in a pod that is still cloning. */
  killClone(pod: V1Pod): void {
    const processes = containerProcesses(pod);
    if (processes.length === 0) throw new NotMade(`${nameOf(pod)} has no process that could be killed.`);
    signal(processes, 'SIGKILL');
    this.struck();
  }

  settled(): Promise<readonly V1Pod[]> {
    return untilReady(this.release, 2 * DEADLINE);
  }

  pods(): Promise<readonly V1Pod[]> {
    return allPodsOf(this.release);
  }
}

/** What a clone looks like at one moment. */
export interface CloneMoment {
  readonly pod: V1Pod;
  readonly volume: string;
  /** How much of the copy is there, from 0 to 1. */
  readonly share: number;
}
