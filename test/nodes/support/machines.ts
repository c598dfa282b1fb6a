/** The machines that the nodes of the cluster are, and what can happen to them. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { core, podNamed } from '../../e2e/support/kubernetes.ts';
import { run } from '../../e2e/support/process.ts';
import { untilHolds } from '../../e2e/support/progress.ts';
import type { Release } from '../../e2e/support/release.ts';
import { HAS_NODES_TO_LOSE, ROOT } from '../../e2e/support/tools.ts';

/** The words of test/cluster/three/nodes.sh. */
export type Event = 'kill' | 'revive' | 'cut' | 'heal' | 'freeze' | 'thaw' | 'replace';

const READY_DEADLINE = 60;

/** Refuses to go on where a node cannot be lost, since its pods would be somebody's. */
export function requireNodes(): void {
  if (HAS_NODES_TO_LOSE) return;
  throw new Error('This needs nodes that can be lost: run "make nodes", or set KUBECONFIG to what test/cluster/three/up.sh prints.');
}

/** Lets something happen to a node. */
export async function strike(node: string, event: Event, ...words: readonly string[]): Promise<void> {
  await run('bash', [join(ROOT, 'test/cluster/three/nodes.sh'), event, node, ...words]);
}

/** The node that a pod is on. */
export async function nodeOf({ namespace }: Release, pod: string): Promise<string> {
  const { spec } = await podNamed(namespace, pod);
  assert.ok(spec?.nodeName !== undefined, `${pod} has no node`);
  return spec.nodeName;
}

/** Waits until Kubernetes hears of a node again. */
export async function untilNodeReady(name: string): Promise<void> {
  await untilHolds(`${name} to be Ready`, READY_DEADLINE, async () => {
    const { status } = await core.readNode({ name });
    assert.equal(status?.conditions?.find(({ type }) => type === 'Ready')?.status, 'True', `${name} is not Ready`);
  });
}
