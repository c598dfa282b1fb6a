/** What is on a pod's volume. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ISLAND_ROOT } from './island.ts';
import type { Pod } from './pod.ts';

/** The cluster of data that no server has made. */
export const CLUSTER = '0123456789abcdef0123456789abcdef';

/** Another one, whose data must not be mixed with it. */
export const OTHER_CLUSTER = 'fedcba9876543210fedcba9876543210';

/** The annotations of a claim whose volume holds data. */
export function testimony(generation: number, cluster = CLUSTER): Record<string, string> {
  return { 'mysql-sts/holds-data': cluster, 'mysql-sts/generation': String(generation) };
}

/** Puts an instance on a pod's volume that has a record and no data, for what needs no server. */
export async function put(pod: Pod, folder: 'instance' | 'staging', generation: number): Promise<void> {
  await mkdir(pod.path('volume', folder, 'data'), { recursive: true });
  await writeFile(
    pod.path('volume', folder, 'record'),
    `cluster=${CLUSTER}\ngeneration=${generation}\nengine=mariadb-11.8\nversion=11.8.6\n`,
  );
  await pod.release.island.run('chown', '-R', '999:999', `${ISLAND_ROOT}/${pod.release.name}/${pod.name}/volume`);
}

/** The names at the top of a pod's volume. */
export function entries(pod: Pod): readonly string[] {
  return readdirSync(pod.path('volume')).sort();
}

export function exists(pod: Pod, ...parts: readonly string[]): boolean {
  return existsSync(pod.path('volume', ...parts));
}

/** The lines of an instance's record, by their keys. */
export function record(pod: Pod, folder = 'instance'): Readonly<Record<string, string>> {
  const lines = readFileSync(pod.path('volume', folder, 'record'), 'utf8')
    .trimEnd()
    .split('\n');
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** One text that differs as soon as anything on the volume was written, made, removed or renamed. */
export function fingerprint(pod: Pod): Promise<string> {
  const folder = join(ISLAND_ROOT, pod.release.name, pod.name, 'volume');
  return pod.release.island.run('bash', '-c', 'find "$1" -printf "%P %s %m %T@ %C@\\n" | sort', '-', folder);
}
