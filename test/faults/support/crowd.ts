/** Clients that take every connection of a server and do nothing with it, as the pools of applications. */

import { setTimeout as delay } from 'node:timers/promises';
import { stopwatch } from '../../e2e/support/progress.ts';
import type { Release } from '../../e2e/support/release.ts';
import { AppClient, type AppConnection } from '../../e2e/support/sql.ts';
import { NotMade } from './not-made.ts';

/** Connections that have just ended are still counted for a moment, and places that others leave are taken again. */
const LOOK_MS = 1000;

/** Holds every place that the primary has for clients for some seconds, and calls the check again and again meanwhile. */
export async function crowd(release: Release, seconds: number, check: () => Promise<void>): Promise<void> {
  const client = new AppClient(release, release.access.primary);
  const held: AppConnection[] = [];
  let fullLooks = 0;
  try {
    const elapsed = stopwatch();
    while (elapsed() < seconds) {
      fullLooks += await fill(client, held);
      await check();
      await delay(LOOK_MS);
    }
  } finally {
    for (const { close } of held) close();
  }
  if (fullLooks === 0) throw new NotMade('The primary always had a place left.');
}

/** Gives 1 when the server refused one more client, 0 when nobody could reach it. */
async function fill(client: AppClient, held: AppConnection[]): Promise<0 | 1> {
  for (;;) {
    try {
      held.push(await client.connect());
    } catch (error) {
      return isRefusalOfOneMore(error) ? 1 : 0;
    }
  }
}

function isRefusalOfOneMore(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ER_CON_COUNT_ERROR';
}
