/** Which pods a service sends its clients to. */

import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { discovery, kubectl } from './kubernetes.ts';
import { LOOK_AGAIN_MS, untilHolds } from './progress.ts';
import type { Release } from './release.ts';
import { ROUTING_DEADLINE } from './sql.ts';

/** The ends of the names of the services that clients use. */
export type ServiceSuffix = 'primary' | 'read';

/** So many connections do not all happen to reach the same pod of two. */
const CONNECTIONS = 20;

/** Waits until a service leads to these pods, and connections to it reach these alone: the packet filter learns it last. */
export async function checkRoute(release: Release, service: ServiceSuffix, ordinals: readonly number[]): Promise<void> {
  const expected = ordinals.map((ordinal) => `${release.fullname}-${ordinal}`);
  await untilHolds(`the service ${service} to lead to ${expected.join(', ')}`, ROUTING_DEADLINE, async () => {
    assert.deepEqual(await podsBehind(release, service), expected);
  });
  await untilHolds(`connections to the service ${service} to reach ${expected.join(', ')}`, ROUTING_DEADLINE, async () => {
    assert.deepEqual(await podsThatAnswer(release, service), expected);
  });
}

/** Watches a service until it is stopped: a service without pods is what its clients notice. */
export class ServiceWatch {
  readonly #work: Promise<number>;
  #stopped = false;

  constructor(release: Release, service: ServiceSuffix) {
    this.#work = this.#watch(release, service);
  }

  /** Ends the watch and gives the smallest number of pods that the service has had. */
  stop(): Promise<number> {
    this.#stopped = true;
    return this.#work;
  }

  async #watch(release: Release, service: ServiceSuffix): Promise<number> {
    let fewest = Infinity;
    while (!this.#stopped) {
      fewest = Math.min(fewest, (await podsBehind(release, service)).length);
      await delay(LOOK_AGAIN_MS);
    }
    return fewest;
  }
}

/** Names of the pods behind a service that get clients now. */
async function podsBehind({ namespace, fullname }: Release, service: ServiceSuffix): Promise<readonly string[]> {
  const labelSelector = `kubernetes.io/service-name=${fullname}-${service}`;
  const { items } = await discovery.listNamespacedEndpointSlice({ namespace, labelSelector });
  return (
    items
      // A service that selects nothing has a slice without the list, whatever its type says.
      .flatMap(({ endpoints }) => (Array.isArray(endpoints) ? endpoints : []))
      .filter(({ conditions }) => conditions?.ready === true)
      .map(({ targetRef }) => targetRef?.name ?? '')
      .sort()
  );
}

/** Names of the pods that answer the application's account when it connects to the service from inside the cluster. */
async function podsThatAnswer({ namespace, fullname, engine }: Release, service: ServiceSuffix): Promise<readonly string[]> {
  const script = `
    export MYSQL_PWD; MYSQL_PWD=$(< /etc/mysql-sts/secrets/app)
    for ((i = 0; i < ${CONNECTIONS}; i++)); do
      ${engine.clientBinary} --host=${fullname}-${service} --user=app --batch --skip-column-names --execute='SELECT @@hostname' || exit
    done`;
  const output = await kubectl(namespace, ['exec', '--stdin', `${fullname}-0`, '--container', 'mysql', '--', 'bash'], { input: script });
  return [...new Set(output.trim().split('\n'))].sort();
}
