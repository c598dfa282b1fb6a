/** Scheduled events: a physical copy has them as its own, and yet only the primary runs them. */

import * as assert from 'uvu/assert';
import { defaultMethod, startPrimary } from './harness/prepared.ts';
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
  assert.is(await sql(replica, "SELECT COUNT(*) FROM information_schema.events WHERE event_name = 'tick' AND status = 'ENABLED';"), '1', 'the copy has the event as its own');
  const from = await sql(primary, 'SELECT MAX(id) FROM app.ticks;');
  await until('three more ticks reach the replica', async () => (await sql(replica, `SELECT COUNT(*) >= 3 FROM app.ticks WHERE id > ${from};`)) === '1', {
    why: () => replica.container('agent').tail,
  });
  assert.is(await sql(replica, 'SELECT DISTINCT server FROM app.ticks;'), await sql(primary, 'SELECT @@server_id;'));
  const { status, output } = await replica.probe('ready');
  assert.is(status, 0, output);
}

function rowOf(engine: (typeof ENGINES)[number]): Row {
  return { name: `${engine}: only the primary runs events`, run: () => withRelease({ engine, method: defaultMethod(engine) }, onlyThePrimaryRunsEvents) };
}

table('events', ENGINES.map(rowOf), { parallel: 2 });
