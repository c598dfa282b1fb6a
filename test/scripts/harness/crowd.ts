/** Clients that take every connection of a server and do nothing with it, as the pools of applications. */

import type { Pod } from './pod.ts';
import { PASSWORDS } from './release.ts';
import { sql, sqlAs } from './sql.ts';
import { until } from './wait.ts';

/** Seconds for which a client keeps its place unless it is sent away. */
const STAY_S = 240;
const LOGIN = { user: 'app', password: PASSWORDS.app } as const;

/** Lets clients of the application in until the server refuses one more. A connection that has just ended may still be counted. */
export async function fill(pod: Pod): Promise<void> {
  await until(`${pod.name} has no place left`, async () => {
    if (await isFull(pod)) return true;
    enter(pod);
    return false;
  });
}

function enter(pod: Pod): void {
  const command = [pod.release.engine.clientBinary, '--no-defaults', `--user=${LOGIN.user}`, '--socket=/run/mysql-sts/mysqld.sock'];
  const input = `SELECT SLEEP(${STAY_S});`;
  void pod.container('mysql').exec(command, { input, seconds: STAY_S, environment: { MYSQL_PWD: LOGIN.password } });
}

/** Whether a client of the application is refused because every connection is taken. */
export async function isFull(pod: Pod): Promise<boolean> {
  return (await sqlAs(pod, LOGIN, 'SELECT 1')).errors.includes('ERROR 1040');
}

/** Ends the clients' connections, as the administrator would. */
export async function leave(pod: Pod): Promise<void> {
  await until(`the clients of ${pod.name} have left`, async () => {
    const ids = await sql(pod, `SELECT id FROM information_schema.processlist WHERE user = '${LOGIN.user}'`).catch(() => '?');
    for (const id of ids.split('\n').filter((each) => /^\d+$/.test(each))) await sql(pod, `KILL ${id}`).catch(() => '');
    return ids === '';
  });
}
