/** What a replica uses while nothing happens: its agent, and its readiness probe. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stopwatch } from '../../e2e/support/progress.ts';
import type { Course } from '../../faults/support/course.ts';
import type { Contender, Ledger } from '../support.ts';

export const AGENT_MEMORY = 'memory of the agent of a replica at rest, on average';
export const AGENT_CPU = 'processor time of the agent of a replica at rest';
export const PROBE_CPU = 'processor time of the readiness probe of a replica at rest';

const MEBIBYTE = 2 ** 20;
const SAMPLE_MS = 5000;
const PROBES = 20;

interface Usage {
  readonly nanoseconds: number;
  /** Without the pages of files that can be dropped at any time, as kubectl top counts. */
  readonly memory: number;
}

/** What the control group of a container says of it, in either version of control groups. */
function usageOf(pid: number): Usage {
  const groups = readFileSync(`/proc/${pid}/cgroup`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(':'));
  const path = (controller: string): string | undefined => groups.find(([, names]) => names?.split(',').includes(controller))?.[2];
  const read = (...parts: readonly string[]): string => readFileSync(join('/sys/fs/cgroup', ...parts), 'utf8');
  const number = (text: string, word: RegExp): number => Number(word.exec(text)?.[1] ?? NaN);
  const [cpu, memory, unified] = [path('cpuacct'), path('memory'), groups.find(([, names]) => names === '')?.[2] ?? ''];
  if (cpu !== undefined && memory !== undefined) {
    const files = number(read('memory', memory, 'memory.stat'), /^total_inactive_file (\d+)$/m);
    return {
      nanoseconds: Number(read('cpuacct', cpu, 'cpuacct.usage')),
      memory: Number(read('memory', memory, 'memory.usage_in_bytes')) - files,
    };
  }
  const files = number(read(unified, 'memory.stat'), /^inactive_file (\d+)$/m);
  return {
    nanoseconds: number(read(unified, 'cpu.stat'), /usage_usec (\d+)/) * 1000,
    memory: Number(read(unified, 'memory.current')) - files,
  };
}

/** The agent without the probes, which run in the server's container. */
export async function measureAgent(course: Course, { title }: Contender, seconds: number, ledger: Ledger): Promise<void> {
  const [agent] = await course.processes(1, 'agent');
  if (agent === undefined) throw new Error('The agent has no process on this machine.');
  const [clock, before, samples] = [stopwatch(), usageOf(agent.pid), new Array<number>()];
  while (clock() < seconds) {
    await delay(SAMPLE_MS);
    samples.push(usageOf(agent.pid).memory);
  }
  const millicores = (usageOf(agent.pid).nanoseconds - before.nanoseconds) / 1e6 / clock();
  ledger.enter({ what: AGENT_CPU, contender: title, value: millicores, unit: 'millicores' });
  const average = samples.reduce((sum, bytes) => sum + bytes, 0) / samples.length;
  ledger.enter({ what: AGENT_MEMORY, contender: title, value: average / MEBIBYTE, unit: 'MiB' });
}

/** Runs the probe some times in its container, and counts the time of its processes against its period. */
export async function measureProbe(course: Course, { title }: Contender, ledger: Ledger): Promise<void> {
  const probe = (await course.pod(1)).spec?.containers.find(({ name }) => name === 'mysql')?.readinessProbe;
  const command = probe?.exec?.command ?? [];
  assert.notEqual(command.length, 0, 'the readiness probe runs no command');
  const script = `for ((i = 0; i < ${PROBES}; i++)); do "$@" > /dev/null 2>&1 || exit; done; times`;
  const output = await course.kubectl(['exec', course.podName(1), '--container', 'mysql', '--', 'bash', '-c', script, '-', ...command]);
  // The second line is of the processes that the shell has started: user and system.
  const times = [...(output.trim().split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  const seconds = times.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0);
  ledger.enter({ what: PROBE_CPU, contender: title, value: (seconds * 1000) / PROBES / (probe?.periodSeconds ?? 10), unit: 'millicores' });
}
