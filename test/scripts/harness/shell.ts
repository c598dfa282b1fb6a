/** Functions of the scripts, called by name in a container of the pod's image. */

import type { Container, Outcome } from './container.ts';
import type { Pod } from './pod.ts';

/** A container in which nothing runs, with all that a container of the chart can have. */
export function startShell(pod: Pod, image: 'server' | 'clone' = 'server'): Container {
  return pod.launch('shell', { command: ['sleep', 'infinity'], image, mounts: ['token', 'config', 'initdb'] });
}

/** Runs bash code with the scripts' functions loaded, in the container of {@link startShell} unless another is named. */
export function withFunctions(
  pod: Pod,
  code: string,
  { container = 'shell', ...options }: { readonly container?: string; readonly input?: string; readonly seconds?: number } = {},
): Promise<Outcome> {
  const loaded = `set -Eeuo pipefail\n. /opt/mysql-sts/environment.sh\n${code}`;
  return pod.container(container).exec(['bash', '-c', loaded], { ...options, environment: pod.release.environment(pod.ordinal) });
}
