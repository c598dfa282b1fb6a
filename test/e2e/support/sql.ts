/** SQL in two ways: inside a pod as its administrator, and from this machine as the application. */

import { createConnection, type Connection } from 'mysql2/promise';
import { kubectl } from './kubernetes.ts';
import { waitFor } from './progress.ts';
import { reach, type Target } from './reach.ts';
import type { Release } from './release.ts';

/** What Kubernetes knows of a Ready pod reaches the packet filters of all nodes some moments later. */
export const ROUTING_DEADLINE = 90;

/** Runs statements on one pod over its socket and gives the rows, each as its columns. */
export async function podSql(release: Release, pod: string, statements: string): Promise<readonly (readonly string[])[]> {
  const output = await client(release, pod, ['--batch', '--raw', '--skip-column-names'], statements);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));
}

/** What replication says of itself on one pod: a value a column, empty where it is not configured. */
export async function replicaStatus(release: Release, pod: string): Promise<ReadonlyMap<string, string>> {
  const output = await client(release, pod, ['--vertical'], `${release.engine.sql.showReplicaStatus};`);
  const columns = output.matchAll(/^ *([A-Za-z_]+): ?(.*)$/gm);
  return new Map([...columns].map(([, name = '', value = '']) => [name, value]));
}

/** A connection that ends together with the tunnel it may need. */
export interface AppConnection {
  readonly connection: Connection;
  readonly close: () => void;
}

/** Connects as the application account, over TLS with the certificate that the release made where this client can. */
export async function connectAsApp({ access }: Release, target: Target): Promise<AppConnection> {
  const login = await access.login();
  const address = await reach(target, 3306);
  try {
    const connection = await createConnection({ ...login, host: address.host, port: address.port, connectTimeout: 2000 });
    // What happens to a connection between two statements is told by the next one.
    connection.on('error', () => undefined);
    const close = (): void => {
      connection.destroy();
      address.close();
    };
    return { connection, close };
  } catch (error) {
    address.close();
    throw error;
  }
}

/** Connects to the primary service of a release that is Ready. Not every node's packet filter knows of it at once. */
export function connectToPrimary(release: Release): Promise<AppConnection> {
  return waitFor({
    what: `a connection to the primary service of ${release.name}`,
    deadline: ROUTING_DEADLINE,
    look: async () => {
      try {
        return { done: true, value: await connectAsApp(release, release.access.primary) };
      } catch (error) {
        return { done: false, state: String(error) };
      }
    },
  });
}

function client({ namespace, engine, access }: Release, pod: string, options: readonly string[], statements: string): Promise<string> {
  const command = [engine.clientBinary, ...access.administrator, ...options];
  return kubectl(namespace, ['exec', '--stdin', pod, '--container', 'mysql', '--', ...command], { input: statements });
}
