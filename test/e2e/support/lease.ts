/** The Lease by which the pods of a release agree on their primary. */

import assert from 'node:assert/strict';
import { CoordinationV1Api, KubeConfig, type V1Lease } from '@kubernetes/client-node';
import { kubectl, podNamed } from './kubernetes.ts';
import { isReady, nameOf, roleOf } from './pods.ts';
import { untilHolds } from './progress.ts';
import { allPodsOf, type Release } from './release.ts';
import { podSql } from './sql.ts';
import { KUBECONFIG } from './tools.ts';

const config = new KubeConfig();
config.loadFromFile(KUBECONFIG);
const coordination = config.makeApiClient(CoordinationV1Api);

/** Seconds in which another pod leads, on a machine that is busy. */
const ELECTION_DEADLINE = 90;
/** Seconds in which a pod is back as a replica, cloned if need be. */
const FOLLOW_DEADLINE = 300;

/** The Lease of a release. */
export function leaseOf({ namespace, fullname }: Release): Promise<V1Lease> {
  return coordination.readNamespacedLease({ namespace, name: fullname });
}

/** The name of the pod that leads, and in which term. */
export async function leaderOf(release: Release): Promise<{ readonly pod: string; readonly term: number }> {
  const { spec } = await leaseOf(release);
  return { pod: spec?.holderIdentity ?? '', term: spec?.leaseTransitions ?? 0 };
}

/** Waits until a pod leads for which the condition holds, takes writes, and is the only one that carries the label of the primary. */
export async function untilLeads(release: Release, what: string, expected: (pod: string) => boolean): Promise<string> {
  let leader = '';
  await untilHolds(what, ELECTION_DEADLINE, async () => {
    leader = (await leaderOf(release)).pod;
    assert.ok(expected(leader), `${leader} leads`);
    const labelled = (await allPodsOf(release)).filter((pod) => roleOf(pod) === 'primary').map(nameOf);
    assert.deepEqual(labelled, [leader], 'the label of the primary');
    assert.ok(await takesWrites(release, leader), `${leader} takes no writes`);
  });
  return leader;
}

/** Waits until a pod that led before follows the one that leads now, as its label says. */
export async function untilFollows(release: Release, name: string): Promise<void> {
  await untilHolds(`${name} to follow the primary`, FOLLOW_DEADLINE, async () => {
    const pod = await podNamed(release.namespace, name);
    assert.equal(roleOf(pod), 'replica', 'the role');
    assert.ok(isReady(pod), `${name} is not Ready`);
  });
}

/** Whether a pod takes writes; no, where it does not answer. */
export async function takesWrites(release: Release, pod: string): Promise<boolean> {
  const rows = await podSql(release, pod, 'SELECT @@GLOBAL.read_only').catch(() => []);
  return rows[0]?.[0] === '0';
}

/** Wishes that a pod leads, as a person does. */
export async function wish({ namespace, fullname }: Release, pod: string): Promise<void> {
  await kubectl(namespace, ['annotate', 'lease', fullname, `mysql-sts/primary=${pod}`, '--overwrite']);
}
