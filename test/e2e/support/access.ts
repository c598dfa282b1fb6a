/** How a test gets into a release: what its pods and services are called, and who may log in. */

import type { ListedEngine } from '../../../schema/engines.ts';
import { speaksCurrentTls } from './engines.ts';
import { core } from './kubernetes.ts';
import type { Target } from './reach.ts';

/** What a client needs to log in. */
export interface Login {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** The authority that the server's certificate must come from; without it the client does not ask for TLS. */
  readonly ssl?: { readonly ca: string };
}

/** The ways into a release, which differ with who made it. */
export interface Access {
  /** Label selector of its database pods. */
  readonly pods: string;
  /** Options that make the client in a pod's server container an administrator of that server. */
  readonly administrator: readonly string[];
  readonly primary: Target;
  readonly read: Target;
  readonly login: () => Promise<Login>;
}

/** The local administrator's option file, which the server's start script writes. */
const ADMIN_FILE = '/run/mysql-sts/agent.cnf';

/** The ways into a release of the chart. */
export function chartAccess(namespace: string, name: string, fullname: string, engine: ListedEngine): Access {
  return {
    pods: databasePods(name),
    administrator: [`--defaults-file=${ADMIN_FILE}`],
    primary: { kind: 'service', namespace, name: `${fullname}-primary` },
    read: { kind: 'service', namespace, name: `${fullname}-read` },
    login: async () => {
      const [password, ca] = await Promise.all([
        secretValue(namespace, fullname, 'password'),
        secretValue(namespace, `${fullname}-tls`, 'ca.crt'),
      ]);
      return { user: 'app', password, database: 'app', ...(speaksCurrentTls(engine) && { ssl: { ca } }) };
    },
  };
}

/** Selects the database pods of a release of the chart. */
export function databasePods(name: string): string {
  return `app.kubernetes.io/instance=${name},app.kubernetes.io/component=database`;
}

/** A value of a Secret in plain text. */
export async function secretValue(namespace: string, name: string, key: string): Promise<string> {
  const { data } = await core.readNamespacedSecret({ namespace, name });
  const value = data?.[key];
  if (value === undefined) throw new Error(`Secret ${name} in namespace ${namespace} has no key ${key}.`);
  return Buffer.from(value, 'base64').toString('utf8');
}
