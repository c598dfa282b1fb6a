/** What is used while nothing happens, and what a donor loses while it serves. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Writer } from '../../e2e/support/writer.ts';
import type { Course } from '../../faults/support/course.ts';
import { stopwatch } from '../../e2e/support/progress.ts';
import type { Contender, Ledger } from '../support.ts';

export const AGENT_MEMORY = 'memory of the agent of a replica at rest, at its peak';
export const AGENT_CPU = 'processor time of the agent of a replica at rest';
export const WRITES_ALONE = 'rows that one client writes, nobody clones';
export const WRITES_SERVING = 'rows that one client writes, the primary serves a clone';

const MEBIBYTE = 2 ** 20;

interface Usage {
  readonly nanoseconds: number;
  readonly peak: number;
}

/** What the control group of a container says of it, in either version of control groups. */
function usageOf(pid: number): Usage {
  const groups = readFileSync(`/proc/${pid}/cgroup`, 'utf8').trim().split('\n').map((line) => line.split(':'));
  const path = (controller: string): string | undefined => groups.find(([, names]) => names?.split(',').includes(controller))?.[2];
  const read = (...parts: readonly string[]): string => readFileSync(join('/sys/fs/cgroup', ...parts), 'utf8');
  const [cpu, memory, unified] = [path('cpuacct'), path('memory'), groups.find(([, names]) => names === '')?.[2] ?? ''];
  if (cpu !== undefined && memory !== undefined) {
    return { nanoseconds: Number(read('cpuacct', cpu, 'cpuacct.usage')), peak: Number(read('memory', memory, 'memory.max_usage_in_bytes')) };
  }
  const microseconds = Number(/usage_usec (\d+)/.exec(read(unified, 'cpu.stat'))?.[1]);
  return { nanoseconds: microseconds * 1000, peak: Number(read(unified, 'memory.peak')) };
}

/** The agent without the probes, which run in the server's container. */
export async function measureAgent(course: Course, contender: Contender, seconds: number, ledger: Ledger): Promise<void> {
  const [agent] = await course.processes(1, 'agent');
  if (agent === undefined) throw new Error('The agent has no process on this machine.');
  const before = usageOf(agent.pid);
  await delay(seconds * 1000);
  const after = usageOf(agent.pid);
  const millicores = (after.nanoseconds - before.nanoseconds) / 1e6 / seconds;
  ledger.enter({ what: AGENT_CPU, contender: contender.title, value: millicores, unit: 'millicores' });
  ledger.enter({ what: AGENT_MEMORY, contender: contender.title, value: after.peak / MEBIBYTE, unit: 'MiB' });
}

/** Rows a second of the tests' own writer, which pauses 20 ms after each, with and without a clone from the primary. */
export async function measureServing(course: Course, contender: Contender, ledger: Ledger): Promise<void> {
  const rate = async (work: () => Promise<unknown>): Promise<number> => {
    const writer = await Writer.start(course.release);
    const clock = stopwatch();
    await work();
    const { acknowledged } = await writer.stop();
    return acknowledged / clock();
  };
  ledger.enter({ what: WRITES_ALONE, contender: contender.title, value: await rate(() => delay(10_000)), unit: 'rows/s' });
  const clone = async (): Promise<unknown> => course.loseVolume(1).then(() => course.settled());
  ledger.enter({ what: WRITES_SERVING, contender: contender.title, value: await rate(clone), unit: 'rows/s' });
}
