/** A release of the chart under test, installed as a user does it. */

import type { V1Pod, V1StatefulSet } from '@kubernetes/client-node';
import type { ListedEngine } from '../../../schema/engines.ts';
import { DEFAULTS } from '../../../schema/defaults.ts';
import type { Values } from '../../../schema/values.ts';
import { chartAccess, databasePods, type Access } from './access.ts';
import { engineNamed } from './engines.ts';
import { apps, core } from './kubernetes.ts';
import { ordinalOf, statesOf } from './pods.ts';
import { run } from './process.ts';
import { condition, waitFor } from './progress.ts';
import { CHART } from './tools.ts';

/** What a user writes into a values file. */
export type Overrides = DeepPartial<Values>;

type DeepPartial<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [K in keyof T]?: DeepPartial<T[K]> } : T;

/** An installed release. */
export interface Release {
  readonly namespace: string;
  readonly name: string;
  /** Name of its StatefulSet, and of everything else that is named after it. */
  readonly fullname: string;
  readonly engine: ListedEngine;
  /** Rows of the writer's table whose writing the primary has acknowledged. */
  readonly ledger: Set<number>;
  readonly access: Access;
}

/** Requests that let more than three pods run on two cores. */
export const SMALL: Overrides = {
  resources: {
    server: { requests: { cpu: '50m', memory: '256Mi' } },
    init: { requests: { cpu: '50m', memory: '128Mi' } },
  },
};

/** Seconds in which a few pods without much data are Ready on a slow machine. */
const START_DEADLINE = 420;

/** Runs `helm upgrade --install` and does not wait for the pods. The values are laid over those of the files. */
export async function helmUpgrade(namespace: string, name: string, values: Overrides, files: readonly string[] = []): Promise<void> {
  const sources = [...files, '-'].flatMap((file) => ['--values', file]);
  await run('helm', ['upgrade', '--install', name, CHART, '--namespace', namespace, ...sources], { input: JSON.stringify(values) });
}

/** Installs a release and waits until it is Ready. */
export async function install(namespace: string, name: string, values: Overrides = {}, files: readonly string[] = []): Promise<Release> {
  await helmUpgrade(namespace, name, values, files);
  const release = await releaseNamed(namespace, name, values.engine ?? DEFAULTS.engine);
  await untilReady(release);
  return release;
}

/** A release that helm has installed. */
export async function releaseNamed(namespace: string, name: string, engine: string): Promise<Release> {
  const { items } = await apps.listNamespacedStatefulSet({ namespace, labelSelector: `app.kubernetes.io/instance=${name}` });
  const [set] = items;
  const fullname = set?.metadata?.name;
  if (fullname === undefined) throw new Error(`Release ${name} in namespace ${namespace} has no StatefulSet.`);
  const row = engineNamed(engine);
  return { namespace, name, fullname, engine: row, ledger: new Set(), access: chartAccess(namespace, name, fullname, row) };
}

/** Removes a release; its claims stay. */
export async function uninstall({ namespace, name }: Release): Promise<void> {
  await run('helm', ['uninstall', name, '--namespace', namespace]);
  await waitFor({
    what: `the end of the pods of ${name}`,
    deadline: START_DEADLINE,
    look: async () => {
      const pods = await podsOf(namespace, name);
      return condition(pods.length === 0, statesOf(pods));
    },
  });
}

/** The pods of a release of the chart in the order of their numbers. */
export function podsOf(namespace: string, name: string): Promise<readonly V1Pod[]> {
  return podsSelected(namespace, databasePods(name));
}

/** The pods of a release, whoever made it, in the order of their numbers. */
export function allPodsOf({ namespace, access }: Release): Promise<readonly V1Pod[]> {
  return podsSelected(namespace, access.pods);
}

async function podsSelected(namespace: string, labelSelector: string): Promise<readonly V1Pod[]> {
  const { items } = await core.listNamespacedPod({ namespace, labelSelector });
  return items.sort((a, b) => ordinalOf(a) - ordinalOf(b));
}

/** Waits until every pod is Ready and of the latest revision. */
export async function untilReady(release: Release, deadline = START_DEADLINE): Promise<readonly V1Pod[]> {
  return waitFor({
    what: `all pods of ${release.name} to be Ready`,
    deadline,
    look: async () => {
      const settled = await isSettled(release);
      const pods = await allPodsOf(release);
      return settled ? { done: true, value: pods } : { done: false, state: statesOf(pods) };
    },
  });
}

/** Whether the release has as many pods as it should, all of them Ready and of the latest revision. */
export async function isSettled(release: Release): Promise<boolean> {
  const { namespace, fullname } = release;
  const set = await apps.readNamespacedStatefulSet({ namespace, name: fullname });
  return isRolledOut(set) && (await allPodsOf(release)).length === set.spec?.replicas;
}

/** Tells what the pods of a namespace are doing while somebody else works with them. */
export async function watchPods<T>(namespace: string, work: Promise<T>): Promise<T> {
  let ended = false;
  const end = (): void => {
    ended = true;
  };
  work.then(end, end);
  await waitFor({
    what: 'the end of that work',
    deadline: Infinity,
    look: async () => condition(ended, statesOf((await core.listNamespacedPod({ namespace })).items)),
  });
  return work;
}

function isRolledOut({ metadata, spec, status }: V1StatefulSet): boolean {
  return (
    status?.observedGeneration === metadata?.generation &&
    status?.replicas === spec?.replicas &&
    status?.readyReplicas === spec?.replicas &&
    status?.updatedReplicas === spec?.replicas
  );
}
