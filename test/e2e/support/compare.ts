/** The check that every test ends with: one history, one content, and nothing lost that was acknowledged. */

import assert from 'node:assert/strict';
import { positionSql } from '../../support/position.ts';
import { nameOf } from './pods.ts';
import { condition, waitFor } from './progress.ts';
import { allPodsOf, untilReady, type Release } from './release.ts';
import { podSql } from './sql.ts';
import { WRITER_TABLE } from './writer.ts';

const SYSTEM_SCHEMAS = "'mysql', 'sys', 'performance_schema', 'information_schema'";

/** Replicas have so many seconds to apply what the primary has. */
const CATCH_UP_DEADLINE = 300;

/** What one pod holds. */
interface Content {
  readonly pod: string;
  /** Every transaction that the server has executed, in the engine's own notation. */
  readonly position: string;
  /** Checksum of each user table. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** Waits until all pods of the release have executed the same transactions. */
async function untilCaughtUp(release: Release): Promise<void> {
  await waitFor({
    what: `the replicas of ${release.name} to catch up`,
    deadline: CATCH_UP_DEADLINE,
    look: async () => {
      const positions = await onEachPod(release, (pod) => positionOf(release, pod));
      return condition(new Set(positions).size === 1, `positions ${positions.join(' | ')}`);
    },
  });
}

/** Fails unless all pods are Ready and hold the same, including every row that was acknowledged to a writer. */
export async function checkSameEverywhere(release: Release): Promise<void> {
  await untilReady(release);
  await untilCaughtUp(release);
  const contents = await onEachPod(release, (pod) => contentOf(release, pod));
  const [primary, ...replicas] = contents;
  assert.ok(primary !== undefined, `release ${release.name} has no pod`);
  for (const replica of replicas) {
    assert.equal(replica.position, primary.position, `${replica.pod} has another history than the primary`);
    assert.deepEqual(replica.checksums, primary.checksums, `${replica.pod} has other rows than the primary`);
  }
  if (release.ledger.size > 0) await checkLedger(release);
}

/** What one pod holds. */
async function contentOf(release: Release, pod: string): Promise<Content> {
  const rows = await podSql(release, pod, checksumSql());
  const checksums = Object.fromEntries(rows.map(([table = '', checksum = '']) => [table, checksum]));
  return { pod, position: await positionOf(release, pod), checksums };
}

async function positionOf(release: Release, pod: string): Promise<string> {
  const rows = await podSql(release, pod, `SELECT ${positionSql(release.engine)};`);
  return rows[0]?.[0] ?? '';
}

/** One statement over all tables: a call for each would take longer than their checksums. */
function checksumSql(): string {
  return `
    SET SESSION group_concat_max_len = 1000000;
    SELECT CONCAT('CHECKSUM TABLE ', GROUP_CONCAT('\`', table_schema, '\`.\`', table_name, '\`' ORDER BY table_schema, table_name))
      INTO @checksums FROM information_schema.tables
      WHERE table_type = 'BASE TABLE' AND table_schema NOT IN (${SYSTEM_SCHEMAS});
    PREPARE checksums FROM @checksums;
    EXECUTE checksums;`;
}

async function checkLedger(release: Release): Promise<void> {
  const found = await onEachPod(release, async (pod) => {
    const rows = await podSql(release, pod, `SELECT id FROM ${WRITER_TABLE};`);
    return new Set(rows.map(([id]) => Number(id)));
  });
  for (const [ordinal, ids] of found.entries()) {
    const missing = [...release.ledger].filter((id) => !ids.has(id));
    assert.deepEqual(missing, [], `pod ${ordinal} lacks ${missing.length} of ${release.ledger.size} acknowledged rows`);
  }
}

async function onEachPod<T>(release: Release, ask: (pod: string) => Promise<T>): Promise<readonly T[]> {
  const pods = await allPodsOf(release);
  return Promise.all(pods.map((pod) => ask(nameOf(pod))));
}
