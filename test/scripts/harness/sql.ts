/** Statements for the servers of test pods. */

import type { Outcome } from './container.ts';
import type { Pod } from './pod.ts';

/** Runs statements as the pod's local administrator and returns bare rows, without the last line's end. */
export async function sql(pod: Pod, statements: string): Promise<string> {
  const { status, output, errors } = await runClient(pod, 'agent.cnf', statements);
  if (status !== 0) throw new Error(`${pod.name} refuses ${statements}:\n${errors}`);
  return output.trimEnd();
}

function runClient(pod: Pod, file: string, statements: string): Promise<Outcome> {
  const client = pod.release.engine.clientBinary;
  const options = [`--defaults-file=/run/mysql-sts/${file}`, '--batch', '--raw', '--skip-column-names', '--default-character-set=utf8mb4'];
  return pod.container('mysql').exec([client, ...options], { input: statements });
}

/** Who logs in, and where. */
export interface Login {
  readonly user: string;
  readonly password: string;
  /** A host as the pods know it; nothing: the socket. */
  readonly host?: string;
  readonly options?: readonly string[];
}

/** Runs statements from a pod as somebody else, with the password in the environment. */
export function sqlAs(pod: Pod, { user, password, host, options = [] }: Login, statements: string): Promise<Outcome> {
  const client = pod.release.engine.clientBinary;
  const place = host === undefined ? ['--socket=/run/mysql-sts/mysqld.sock'] : [`--host=${host}`, '--port=3306', '--protocol=tcp'];
  const command = [
    client,
    '--no-defaults',
    `--user=${user}`,
    ...place,
    '--batch',
    '--raw',
    '--skip-column-names',
    '--connect-timeout=5',
    '--default-character-set=utf8mb4',
    ...options,
  ];
  return pod.container('mysql').exec(command, { input: statements, environment: { MYSQL_PWD: password } });
}
