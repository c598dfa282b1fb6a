/** The node of the primary is killed under a writer, and revived when another pod leads. */

import { leaderOf, untilLeads } from '../../e2e/support/lease.ts';
import type { Release } from '../../e2e/support/release.ts';
import { nodeOf, strike, untilNodeReady } from './machines.ts';
import { untilReceives, untilWritten } from './return.ts';

/** Does it, and tells each step. */
export async function killAndRevive(release: Release, tell: (sentence: string) => void): Promise<void> {
  const old = (await leaderOf(release)).pod;
  const node = await nodeOf(release, old);
  await strike(node, 'kill');
  tell(`${node} is killed, and ${old} with it`);
  try {
    const leader = await untilLeads(release, 'another pod to lead', (pod) => pod !== old);
    await untilWritten(release);
    tell(`${leader} leads and takes writes`);
  } finally {
    await strike(node, 'revive');
  }
  tell(`${node} has power again`);
  await untilNodeReady(node);
  await untilReceives(release, old);
  tell(`${old} follows as a replica`);
}
