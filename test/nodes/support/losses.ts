/** Nodes are lost under a writer and a reader: another pod leads, and whoever comes back has what the others have. */

import assert from 'node:assert/strict';
import type { EngineName } from '../../../schema/engines.ts';
import { Course } from '../../e2e/support/course.ts';
import { kubectl } from '../../e2e/support/kubernetes.ts';
import { leaderOf, untilLeads } from '../../e2e/support/lease.ts';
import { nameOf } from '../../e2e/support/pods.ts';
import { elapsed, say, stopwatch, untilHolds } from '../../e2e/support/progress.ts';
import { allPodsOf, SMALL, type Release } from '../../e2e/support/release.ts';
import { scenario, type Step } from '../../e2e/support/scenario.ts';
import { fill, Writer, writeRows } from '../../e2e/support/writer.ts';
import { nodeOf, requireNodes, strike, untilNodeReady } from './machines.ts';
import { Reader } from './reader.ts';
import { untilReceives, untilWritten } from './return.ts';

const NAME = 'nodes';
/** Seconds without an acknowledged row that nobody takes for a failover any more. What is usual is printed, and far less. */
const LONGEST_PAUSE = 60;
/** Seconds in which a pod that lost the Lease has asked the API who leads. */
const HEARSAY_DEADLINE = 8;

/** What happens to the node of the primary, and how it is undone. */
interface Loss {
  readonly happen: (node: string, pod: string) => Promise<void>;
  /** What is to be seen before it is undone. */
  readonly seen?: (pod: string, leader: string) => Promise<void>;
  readonly undo: (node: string) => Promise<void>;
}

/** What happens at the keyboard of a node's machine. */
function machineLoss(happen: Parameters<typeof strike>[1], words: readonly string[], undo: Parameters<typeof strike>[1]): Loss {
  return { happen: (node) => strike(node, happen, ...words), undo: (node) => strike(node, undo) };
}

/** A pod that is cut from the others alone has the API, and hears from it who leads now. */
function cutFromPeers({ namespace }: Release): Loss {
  return {
    ...machineLoss('cut', ['peers'], 'heal'),
    seen: (pod, leader) =>
      untilHolds(`${pod} to hear that ${leader} leads`, HEARSAY_DEADLINE, async () => {
        const log = await kubectl(namespace, ['logs', pod, '--container', 'keeper', '--tail=3']);
        assert.ok(log.includes(`${leader} leads in term`), `${pod} has not heard that ${leader} leads`);
      }),
  };
}

/** A maintainer empties the node, and lets pods return to it later. */
function drain({ namespace }: Release): Loss {
  return {
    happen: async (node) => {
      await kubectl(namespace, ['drain', node, '--ignore-daemonsets', '--delete-emptydir-data', '--timeout=120s']);
    },
    undo: async (node) => {
      await kubectl(namespace, ['uncordon', node]);
    },
  };
}

/** The machine is replaced by one with an empty disk, and a person gives up what was on the old one. */
function replacement({ namespace }: Release): Loss {
  return {
    happen: async (node, pod) => {
      await strike(node, 'replace');
      await kubectl(namespace, ['delete', 'persistentvolumeclaim', `data-${pod}`, '--wait=false']);
      await kubectl(namespace, ['delete', 'pod', pod, '--wait=false']);
    },
    undo: () => Promise.resolve(),
  };
}

/** Lets it happen to the node of the primary, until another pod leads and takes writes, and then undoes it. */
async function endure(release: Release, { happen, seen, undo }: Loss): Promise<void> {
  const old = (await leaderOf(release)).pod;
  const node = await nodeOf(release, old);
  const seconds = stopwatch();
  try {
    await happen(node, old);
    const leader = await untilLeads(release, 'another pod to lead', (pod) => pod !== old);
    say(`${elapsed(seconds())}  ${leader} leads instead of ${old} on ${node}`);
    await untilWritten(release);
    await seen?.(old, leader);
  } finally {
    await undo(node);
  }
  await untilNodeReady(node);
  await untilReceives(release, old);
  say(`${elapsed(seconds())}  ${old} follows`);
}

/** A primary's node is lost under clients. */
async function lose(release: Release, loss: Loss): Promise<void> {
  const reader = new Reader(release);
  const writer = await Writer.start(release);
  try {
    await endure(release, loss);
  } catch (error) {
    await Promise.all([reader.stop(), writer.stop().catch(() => undefined)]);
    throw error;
  }
  const { answered } = await reader.stop();
  const { longestPause } = await writer.stop();
  assert.ok(answered > 0, 'nobody could read');
  assert.ok(longestPause < LONGEST_PAUSE, `no row for ${longestPause} s`);
}

function defineLosses(step: Step, course: Course): void {
  step('the node of the primary is killed and comes back', () => lose(course.release, machineLoss('kill', [], 'revive')));
  step('it is cut from everything, and its cable put in again', () => lose(course.release, machineLoss('cut', ['all'], 'heal')));
  step('it is cut from the other nodes alone, and healed', () => lose(course.release, cutFromPeers(course.release)));
  step('it stands still, and wakes when another pod leads', () => lose(course.release, machineLoss('freeze', [], 'thaw')));
  step('it is drained', () => lose(course.release, drain(course.release)));
  step('it is replaced by a machine with an empty disk', () => lose(course.release, replacement(course.release)));
}

/** Runs the scenario on one engine. */
export function testNodes(engine: EngineName): void {
  requireNodes();
  scenario(`nodes-${engine.replace('.', '-')}`, (step) => {
    const scheduling = { antiAffinity: 'required' } as const;
    const course = new Course({ ...SMALL, engine, failover: { mode: 'automatic' }, scheduling });
    step('three pods are on three nodes', async (world) => {
      course.release = await world.install(NAME, course.values);
      await fill(course.release, 10);
      await writeRows(course.release, 100);
      const pods = (await allPodsOf(course.release)).map(nameOf);
      const nodes = await Promise.all(pods.map((pod) => nodeOf(course.release, pod)));
      assert.equal(new Set(nodes).size, 3, nodes.join(', '));
    });
    defineLosses(step, course);
  });
}
