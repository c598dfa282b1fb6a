/** The programs of the project and the cluster they talk to. */

import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { CACHE } from '../../cluster/images/cache.ts';

/** The checkout. */
export const ROOT = resolve(import.meta.dirname, '../../..');

/** The chart under test; another folder than the checkout's lets a run go on while somebody works on that. */
export const CHART = given('MYSQL_STS_CHART') ?? join(ROOT, 'chart');

const STATE = join(CACHE, 'cluster');
const OWN_KUBECONFIG = join(STATE, 'kubeconfig');

/** Which cluster is meant: the one in KUBECONFIG, or the one that `make cluster-up` started. */
export const KUBECONFIG = resolve(given('KUBECONFIG') ?? OWN_KUBECONFIG);

if (!existsSync(KUBECONFIG)) {
  throw new Error(`There is no cluster to work on: ${KUBECONFIG} does not exist. Start one with "make cluster-up".`);
}

/** Of the three nodes that `make nodes` starts. */
const KUBECONFIG_OF_NODES = join(CACHE, 'three-nodes/control/kubeconfig');

/** Whether the cluster is the one with nodes that can be lost. */
export const HAS_NODES_TO_LOSE = isMeant(KUBECONFIG_OF_NODES);

/** Whether addresses of pods and services can be reached from here: those of nodes on this machine are routed, nobody else's. */
export const IS_ROUTED = HAS_NODES_TO_LOSE || (isMeant(OWN_KUBECONFIG) && !existsSync(join(STATE, 'kind')));

/** Folder of helm, kubectl and ct in the versions that the project pins. */
export const BIN = execFileSync('bash', [join(ROOT, 'tools/path.sh')], { encoding: 'utf8' }).trim();

/** What a program of the project is to find in its environment. */
export const ENVIRONMENT: NodeJS.ProcessEnv = {
  ...process.env,
  KUBECONFIG,
  PATH: [BIN, process.env['PATH'] ?? ''].join(delimiter),
};

/** An environment variable that says something. */
function given(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

function isMeant(kubeconfig: string): boolean {
  return existsSync(kubeconfig) && realpathSync(KUBECONFIG) === realpathSync(kubeconfig);
}
