/** Functions of the scripts, called by name in a container of the pod's image. */

import type { Container, Outcome } from './container.ts';
import type { Pod } from './pod.ts';

/** A container in which nothing runs, with all that a container of the chart can have. */
export function startShell(pod: Pod, image: 'server' | 'clone' = 'server'): Container {
  return pod.launch('shell', { command: ['sleep', 'infinity'], image, mounts: ['token', 'config', 'initdb'] });
}

/** What the code of {@link withFunctions} needs not load itself. */
const LOADED =
  'engine/current lib/log lib/places lib/pod lib/quoting lib/text lib/time see/claims see/passwords see/volume do/claim do/instance do/server talk/kube talk/sql';

/** The lines before bash code that calls the scripts' functions. */
export const FUNCTIONS = `set -Eeuo pipefail\n. /opt/mysql-sts/lib/load.sh\nload ${LOADED}`;

/** Runs bash code with the scripts' functions loaded, in the container of {@link startShell} unless another is named. */
export function withFunctions(
  pod: Pod,
  code: string,
  { container = 'shell', ...options }: { readonly container?: string; readonly input?: string; readonly seconds?: number } = {},
): Promise<Outcome> {
  const loaded = `${FUNCTIONS}\n${code}`;
  return pod.container(container).exec(['bash', '-c', loaded], { ...options, environment: pod.release.environment(pod.ordinal) });
}
