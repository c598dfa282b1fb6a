/** Logs of every engine that can be had hold nobody's password: the binary one, which goes to replicas and into backups, and what a client says. */

import { readFileSync, readdirSync } from 'node:fs';
import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { TESTABLE_ENGINES } from '../cluster/images/recipes.ts';
import type { Pod } from './harness/pod.ts';
import { defaultMethod } from './harness/prepared.ts';
import { ACCOUNTS, withRelease, type Account, type Release } from './harness/release.ts';
import { withFunctions } from './harness/shell.ts';
import { sqlAs } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { until } from './harness/wait.ts';

/** Of letters that no statement writes in another way, and such as a password policy asks for. */
const first = (account: Account): string => `First-${account}-0815`;
const second = (account: Account): string => `Second-${account}-4711`;

function binaryLog(pod: Pod): Buffer {
  const folder = pod.path('volume', 'instance', 'data');
  const names = readdirSync(folder).filter((name) => /^binlog\.\d+$/.test(name));
  return Buffer.concat(names.map((name) => readFileSync(`${folder}/${name}`)));
}

/** A primary whose accounts are made by its first start, and changed by its agent. */
async function changeAccounts(release: Release, settings: string): Promise<Pod> {
  for (const account of ACCOUNTS) release.passwords[account] = first(account);
  const pod = await release.pod(0);
  await pod.configure(settings);
  await pod.initialise();
  const { agent } = await pod.startReady();
  for (const account of ACCOUNTS) await release.setPassword(account, second(account));
  const app = { user: 'app', password: second('app'), host: 'db-primary' };
  await until('the agent has changed the accounts', async () => (await sqlAs(pod, app, 'SELECT 1;')).status === 0, {
    why: () => agent.tail,
  });
  return pod;
}

async function checkLog(release: Release, settings: string): Promise<void> {
  const pod = await changeAccounts(release, settings);
  const log = binaryLog(pod);
  for (const account of ACCOUNTS) {
    assert.ok(log.includes(account), `the log tells of ${account}`);
    for (const password of [first(account), second(account)])
      assert.not.ok(log.includes(password), `the log holds the password of ${account}: ${password}`);
  }
  await checkFailure(pod);
}

/** The words of a statement that fails would go to the container's log. */
async function checkFailure(pod: Pod): Promise<void> {
  const statement = "ALTER USER nobody@localhost IDENTIFIED BY 'Third-0815';";
  const { status, output } = await withFunctions(pod, `printf '%s\\n' "${statement}" | local_sql`, { container: 'mysql' });
  assert.is.not(status, 0);
  assert.match(output, /ERROR 1396/);
  assert.not.match(output, /Third-0815/);
}

function row(engine: EngineName, name: string, settings = ''): Row {
  return {
    name: `${engine}: ${name}`,
    run: () => withRelease({ engine, method: defaultMethod(engine) }, (release) => checkLog(release, settings)),
  };
}

const rows = [
  ...TESTABLE_ENGINES.map((engine) => row(engine, 'no password is in the binary log')),
  row('mariadb-11.8', 'nor with a password policy', 'plugin-load-add=simple_password_check\n'),
];

table('passwords in logs', rows, { parallel: 2 });
