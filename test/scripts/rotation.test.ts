/** A Secret that changes under a running release: accounts and certificates follow, replication goes on, the past stays past. */

import * as assert from 'uvu/assert';
import { makeCertificate } from './harness/certificates.ts';
import type { Pod } from './harness/pod.ts';
import { defaultMethod, restorePair } from './harness/prepared.ts';
import { project } from './harness/projected.ts';
import { ACCOUNTS, certificate, PASSWORDS, withRelease, type Account, type Release } from './harness/release.ts';
import { sql, sqlAs } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { until } from './harness/wait.ts';

const FAMILIES = ['mysql-9.7', 'mariadb-11.8'] as const;

interface Pair {
  readonly release: Release;
  readonly primary: Pod;
  readonly replica: Pod;
}

const changed = (account: Account): string => `ne'w "${PASSWORDS[account]}`;

/** From where each account logs in: root and the probes' through the socket, the others as peers and clients do. */
async function accepts({ primary }: Pair, account: Account, password: string, pod: Pod = primary): Promise<boolean> {
  const host = account === 'root' || account === 'monitor' ? {} : { host: '127.0.0.1' };
  const encrypt = pod.release.engine.family === 'mysql' ? '--ssl-mode=REQUIRED' : '--ssl';
  const options =
    account === 'root' || account === 'monitor'
      ? []
      : [encrypt, ...(pod.release.engine.family === 'mysql' ? [] : ['--skip-ssl-verify-server-cert'])];
  const { status, output } = await sqlAs(pod, { user: account, password, ...host, options }, 'SELECT 1;');
  if (status !== 0) assert.match(output, /ERROR 1045/, `${account}: ${output}`);
  return status === 0;
}

/** A row that the primary takes reaches the replica, over the replication that has been running all the time. */
async function replicates({ primary, replica }: Pair, row: number): Promise<void> {
  await sql(primary, `CREATE TABLE IF NOT EXISTS app.rotation (id INT PRIMARY KEY); INSERT INTO app.rotation VALUES (${row});`);
  await until(
    `row ${row} is on the replica`,
    async () => (await sql(replica, 'SELECT MAX(id) FROM app.rotation;').catch(() => '')) === String(row),
    {
      why: () => replica.container('agent').tail,
    },
  );
}

async function passwords(pair: Pair): Promise<void> {
  const { release, primary, replica } = pair;
  await replicates(pair, 1);
  for (const account of ACCOUNTS) assert.ok(await accepts(pair, account, PASSWORDS[account]), account);
  for (const account of ACCOUNTS) await release.setPassword(account, changed(account));
  for (const account of ACCOUNTS) {
    await until(`the primary takes the new password of ${account}`, () => accepts(pair, account, changed(account)), {
      why: () => primary.container('agent').tail,
    });
    await until(`the replica takes the new password of ${account}`, () => accepts(pair, account, changed(account), replica), {
      why: () => replica.container('agent').tail,
    });
  }
  await replicates(pair, 2);
  for (const pod of [primary, replica]) await dieAndComeBack(pod);
  for (const pod of [primary, replica]) {
    for (const account of ACCOUNTS) {
      assert.ok(await accepts(pair, account, changed(account), pod), `${pod.name}: ${account}`);
      assert.not.ok(await accepts(pair, account, PASSWORDS[account], pod), `${pod.name} still takes the old password of ${account}`);
    }
  }
  await replicates(pair, 3);
}

/** kill -9 of the server; then its container starts again. */
async function dieAndComeBack(pod: Pod): Promise<void> {
  await pod.container('mysql').kill();
  await pod.startServer();
  await pod.ready(60);
}

async function certificates(pair: Pair): Promise<void> {
  const { release, primary, replica } = pair;
  await replicates(pair, 1);
  const began = (pod: Pod): Promise<string> => sql(pod, "SHOW GLOBAL STATUS LIKE 'Uptime';").then((line) => line.replace(/\D/g, ''));
  const renewed = await makeCertificate(release.path('renewed'), ['db-0.db', 'db-1.db', 'db-2.db', 'localhost']);
  for (const pod of [primary, replica]) await project(pod.path('tls'), { ...renewed });
  for (const pod of [primary, replica]) await pod.container('agent').says('the server shows the renewed certificates');
  await replicates(pair, 2);
  const uptime = Number(await began(replica));
  // A new connection is verified by the new authority, which the old certificate would not satisfy.
  await sql(
    replica,
    release.engine.family === 'mysql' ? 'STOP REPLICA IO_THREAD; START REPLICA IO_THREAD;' : 'STOP SLAVE IO_THREAD; START SLAVE IO_THREAD;',
  );
  await replicates(pair, 3);
  assert.ok(Number(await began(replica)) >= uptime, 'no server was restarted');
}

/** Somebody deletes both Secrets of a running release, for one to make them anew. Volumes of optional Secrets are empty then. */
async function secretsGone(pair: Pair): Promise<void> {
  const { release, primary, replica } = pair;
  await replicates(pair, 1);
  for (const pod of [primary, replica]) {
    await pod.setSecrets({});
    await project(pod.path('tls'), {});
    await pod.container('agent').says('has lost ca.crt, tls.crt or tls.key, so the server goes on with those that it has');
  }
  await primary.container('agent').says('has no password of the root account any more, so the accounts stay as they are');
  await replicates(pair, 2);
  for (const account of ACCOUNTS) {
    assert.ok(await accepts(pair, account, PASSWORDS[account]), account);
    assert.not.ok(await accepts(pair, account, ''), `${account} needs no password`);
  }
  for (const pod of [primary, replica]) await project(pod.path('tls'), { ...(await certificate()) });
  for (const pod of [primary, replica]) await dieAndComeBack(pod);
  for (const pod of [primary, replica]) {
    for (const account of ACCOUNTS) {
      assert.ok(await accepts(pair, account, PASSWORDS[account], pod), `${pod.name}: ${account}`);
      assert.not.ok(await accepts(pair, account, '', pod), `${pod.name}: ${account} needs no password`);
    }
  }
  await replicates(pair, 3);
  await release.setPassword('app', changed('app'));
  await until('the primary takes the new password', () => accepts(pair, 'app', changed('app')), {
    why: () => primary.container('agent').tail,
  });
  for (const account of ACCOUNTS.filter((each) => each !== 'app')) assert.ok(await accepts(pair, account, PASSWORDS[account]), account);
}

function row(engine: (typeof FAMILIES)[number], name: string, run: (pair: Pair) => Promise<void>): Row {
  return {
    name: `${engine}: ${name}`,
    run: () =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        const { primary, replica } = await restorePair(release);
        await replica.startReady();
        await run({ release, primary, replica });
      }),
  };
}

const rows = FAMILIES.flatMap((engine) => [
  row(engine, 'changed passwords reach every account, and the old ones are refused after a crash, too', passwords),
  row(engine, 'renewed certificates are shown without a restart, and replication goes on', certificates),
  row(engine, 'a Secret that is gone changes no account, not even when the servers start anew', secretsGone),
]);

table('rotation', rows, { parallel: 2 });
