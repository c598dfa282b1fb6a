/** What the demonstration writes. */

import { say, stopwatch, waitFor } from '../support/progress.ts';
import { nameOf } from '../support/pods.ts';
import { podsOf, type Release } from '../support/release.ts';
import { connectToPrimary, podSql } from '../support/sql.ts';

/** A table in the application's database. */
export const DEMO_TABLE = 'app.demo';

const ROWS = 1000;
const ARRIVAL_DEADLINE = 60;

/** Writes rows through the primary service as the application, and waits until every pod has them. */
export async function writeAndAwait(release: Release): Promise<void> {
  const seconds = stopwatch();
  const rows = await write(release);
  say(`  ${ROWS} rows through ${release.fullname}-primary in ${seconds().toFixed(1)} s; the table has ${rows} now`);
  for (const pod of await podsOf(release.namespace, release.name)) {
    await waitFor({
      what: `all rows on ${nameOf(pod)}`,
      deadline: ARRIVAL_DEADLINE,
      look: async () => {
        const found = await countOn(release, nameOf(pod));
        return found === rows ? { done: true, value: found } : { done: false, state: `${nameOf(pod)} has ${found} of ${rows} rows` };
      },
    });
    say(`  ${nameOf(pod)} has all ${rows} rows`);
  }
}

async function write(release: Release): Promise<number> {
  const { connection, close } = await connectToPrimary(release);
  try {
    await connection.query(`CREATE TABLE IF NOT EXISTS ${DEMO_TABLE} (id INT AUTO_INCREMENT PRIMARY KEY, written DATETIME(6) NOT NULL)`);
    for (let row = 0; row < ROWS; row++) await connection.query(`INSERT INTO ${DEMO_TABLE} (written) VALUES (NOW(6))`);
  } finally {
    close();
  }
  return countOn(release, `${release.fullname}-0`);
}

/** A replica that has not heard of the table yet has no rows. */
async function countOn(release: Release, pod: string): Promise<number> {
  const tables = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'app' AND table_name = 'demo'";
  const [exists] = await podSql(release, pod, tables);
  if (exists?.[0] !== '1') return 0;
  const [count] = await podSql(release, pod, `SELECT COUNT(*) FROM ${DEMO_TABLE}`);
  return Number(count?.[0]);
}
