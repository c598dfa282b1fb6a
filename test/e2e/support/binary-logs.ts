/** The primary's binary logs, which a replica that was away may need and find gone. */

import assert from 'node:assert/strict';
import { untilHolds } from './progress.ts';
import type { Release } from './release.ts';
import { podSql } from './sql.ts';

/** For so long may a replica that has just left or a checkpoint hold an old binary log, in seconds. */
const HOLD_DEADLINE = 180;

/** Forgets every binary log of the primary but the one that it writes. */
export async function purgeBinaryLogs(release: Release): Promise<void> {
  const primary = `${release.fullname}-0`;
  await podSql(release, primary, 'FLUSH BINARY LOGS;');
  const logs = await podSql(release, primary, 'SHOW BINARY LOGS;');
  const [newest = ''] = logs.at(-1) ?? [];
  await untilHolds('a primary without old binary logs', HOLD_DEADLINE, async () => {
    await podSql(release, primary, `PURGE BINARY LOGS TO '${newest}';`);
    const [oldest = ''] = (await podSql(release, primary, 'SHOW BINARY LOGS;')).at(0) ?? [];
    assert.equal(oldest, newest, 'an old binary log is still in use');
  });
}
