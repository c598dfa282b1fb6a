/** The primary's binary logs, which a replica that was away may need and find gone. */

import assert from 'node:assert/strict';
import type { Release } from './release.ts';
import { podSql } from './sql.ts';

/** Forgets every binary log of the primary but the one that it writes. */
export async function purgeBinaryLogs(release: Release): Promise<void> {
  const primary = `${release.fullname}-0`;
  await podSql(release, primary, 'FLUSH BINARY LOGS;');
  const logs = await podSql(release, primary, 'SHOW BINARY LOGS;');
  const [newest = ''] = logs.at(-1) ?? [];
  await podSql(release, primary, `PURGE BINARY LOGS TO '${newest}';`);
  assert.deepEqual((await podSql(release, primary, 'SHOW BINARY LOGS;')).length, 1);
}
