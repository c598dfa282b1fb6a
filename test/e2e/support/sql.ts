/** SQL in two ways: inside a pod as its administrator, and from this machine as the application. */

import { createConnection, type Connection } from 'mysql2/promise';
import type { Login } from './access.ts';
import { kubectl } from './kubernetes.ts';
import { waitFor } from './progress.ts';
import { reach, type Address, type Target } from './reach.ts';
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

/** What a client has to know before it can connect. */
interface Way {
  readonly login: Login;
  readonly address: Address;
}

/** Errors of a network in which nobody has answered, so that they say nothing against address or password. */
const UNANSWERED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST']);

/**
 * The application, which connects to a service or a pod with its own account, over TLS with the certificate that the release made where
 * this client can. It asks Kubernetes for address and password once, and again only when a server has turned it away, as users' programs do.
 */
export class AppClient {
  readonly #release: Release;
  readonly #target: Target;
  #known: Way | undefined;

  constructor(release: Release, target: Target) {
    this.#release = release;
    this.#target = target;
  }

  async connect(): Promise<AppConnection> {
    const way = this.#known ?? { login: await this.#release.access.login(), address: await reach(this.#target, 3306) };
    this.#known = way.address.isOwn ? way : undefined;
    try {
      return await connectBy(way);
    } catch (error) {
      way.address.close();
      if (!isUnanswered(error)) this.#known = undefined;
      throw error;
    }
  }

  /** Connects to a service of a release that is Ready. Not every node's packet filter knows of it at once. */
  connectSoon(): Promise<AppConnection> {
    return waitFor({
      what: `a connection to the ${this.#target.kind} ${this.#target.name}`,
      deadline: ROUTING_DEADLINE,
      look: async () => {
        try {
          return { done: true, value: await this.connect() };
        } catch (error) {
          return { done: false, state: String(error) };
        }
      },
    });
  }
}

/** Connects to the primary service of a release that is Ready, once. */
export function connectToPrimary(release: Release): Promise<AppConnection> {
  return new AppClient(release, release.access.primary).connectSoon();
}

async function connectBy({ login, address }: Way): Promise<AppConnection> {
  const connection = await createConnection({ ...login, host: address.host, port: address.port, connectTimeout: 2000 });
  // What happens to a connection between two statements is told by the next one.
  connection.on('error', () => undefined);
  const close = (): void => {
    connection.destroy();
    address.close();
  };
  return { connection, close };
}

function isUnanswered(error: unknown): boolean {
  return error instanceof Error && 'code' in error && UNANSWERED.has(String(error.code));
}

function client({ namespace, engine, access }: Release, pod: string, options: readonly string[], statements: string): Promise<string> {
  const command = [engine.clientBinary, ...access.administrator, ...options];
  return kubectl(namespace, ['exec', '--stdin', pod, '--container', 'mysql', '--', ...command], { input: statements });
}
