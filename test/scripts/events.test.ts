/**
 * Scheduled events: a physical copy has them as its own, and yet only the primary runs them. What came by replication is disabled, until
 * the runbook's statements enable it.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { ROOT } from '../support/tools.ts';
import { defaultMethod, restorePair, startPrimary } from './harness/prepared.ts';
import { withRelease, type Release } from './harness/release.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { until } from './harness/wait.ts';

const ENGINES = ['mysql-9.7', 'mariadb-11.8'] as const;
const EVENT = `
  CREATE TABLE app.ticks (id BIGINT AUTO_INCREMENT PRIMARY KEY, server BIGINT);
  CREATE EVENT app.tick ON SCHEDULE EVERY 1 SECOND DO INSERT INTO app.ticks (server) VALUES (@@server_id);`;

async function onlyThePrimaryRunsEvents(release: Release): Promise<void> {
  const replica = await release.pod(1);
  for (const pod of [await release.pod(0), replica]) await pod.configure('[mysqld]\nevent-scheduler = ON\n');
  const primary = await startPrimary(release);
  await sql(primary, EVENT);
  await replica.initialise();
  await replica.startReady();
  assert.is(
    await sql(replica, "SELECT COUNT(*) FROM information_schema.events WHERE event_name = 'tick' AND status = 'ENABLED';"),
    '1',
    'the copy has the event as its own',
  );
  const from = await sql(primary, 'SELECT MAX(id) FROM app.ticks;');
  await until(
    'three more ticks reach the replica',
    async () => (await sql(replica, `SELECT COUNT(*) >= 3 FROM app.ticks WHERE id > ${from};`)) === '1',
    {
      why: () => replica.container('agent').tail,
    },
  );
  assert.is(await sql(replica, 'SELECT DISTINCT server FROM app.ticks;'), await sql(primary, 'SELECT @@server_id;'));
  const { status, output } = await replica.probe('ready');
  assert.is(status, 0, output);
}

/** What the runbook asks a server that was a replica, to learn how its events are enabled. */
function runbookQuestion(): string {
  const [, question] = /-e "(SELECT CONCAT\('ALTER .*?SIDE_DISABLED')"$/m.exec(readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8')) ?? [];
  if (question === undefined) throw new Error('docs/runbook.md has no question for events that replication has disabled.');
  return question;
}

async function runbookEnablesEvents(release: Release): Promise<void> {
  const { primary, replica } = await restorePair(release);
  await replica.startReady();
  await sql(
    primary,
    "CREATE USER 'o''wner'@'%' IDENTIFIED BY 'of the event'; CREATE DEFINER = 'o''wner'@'%' EVENT app.`a tick` ON SCHEDULE EVERY 1 DAY DO SELECT 1;",
  );
  const seen = (): Promise<string> => sql(replica, "SELECT status, definer FROM information_schema.events WHERE event_schema = 'app';");
  await until('the event reaches the replica', async () => (await seen()) !== '', { why: () => replica.container('agent').tail });
  assert.match(await seen(), /^(?:REPLICA_SIDE_|SLAVESIDE_)DISABLED\to'wner@%$/);
  await replica.container('agent').stop();
  await sql(replica, `SET GLOBAL read_only = OFF; ${await sql(replica, runbookQuestion())}`);
  assert.is(await seen(), "ENABLED\to'wner@%");
}

/** One row for each engine. */
function rowsOf(what: string, check: (release: Release) => Promise<void>): readonly Row[] {
  return ENGINES.map((engine) => ({
    name: `${engine}: ${what}`,
    run: () => withRelease({ engine, method: defaultMethod(engine) }, check),
  }));
}

const rows = [
  ...rowsOf('only the primary runs events', onlyThePrimaryRunsEvents),
  ...rowsOf("the runbook enables events in their owners' names", runbookEnablesEvents),
];

table('events', rows, { parallel: 2 });
