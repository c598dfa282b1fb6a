/** What the demonstration shows at the end: every pod's content, the services, and how to look around. */

import { positionSql } from '../../support/position.ts';
import { core } from '../support/kubernetes.ts';
import { isReady, nameOf, roleOf } from '../support/pods.ts';
import { say } from '../support/progress.ts';
import { podsOf, type Release } from '../support/release.ts';
import { podSql, replicaStatus } from '../support/sql.ts';
import { BIN, KUBECONFIG } from '../support/tools.ts';
import type { DemoOptions } from './options.ts';
import { heading, table } from './screen.ts';
import { DEMO_TABLE } from './write.ts';

const HEADER = ['POD', 'ROLE', 'READY', 'GTID SET', 'LAG', 'ROWS', 'CHECKSUM'] as const;

/** Prints the table of pods, with what they have in one of the application's tables. */
export async function reportPods(release: Release, { engine, method, note }: DemoOptions, written: string = DEMO_TABLE): Promise<void> {
  const pods = await podsOf(release.namespace, release.name);
  const rows = pods.map(async (pod) => {
    const name = nameOf(pod);
    const [content, status] = await Promise.all([contentOf(release, name, written), replicaStatus(release, name)]);
    const lag = status.get(engine.columns.lag);
    return [
      name,
      roleOf(pod),
      isReady(pod) ? 'yes' : 'no',
      content.gtids,
      lag === undefined ? '-' : `${lag} s`,
      content.rows,
      content.checksum,
    ];
  });
  heading(`${engine.name}, cloned by ${method}${note === undefined ? '' : ` (${note})`}`);
  table([HEADER, ...(await Promise.all(rows))]);
}

/** Prints the services and where they lead. */
export async function reportServices({ namespace, fullname }: Release): Promise<void> {
  const row = async (end: string, purpose: string): Promise<readonly string[]> => {
    const { spec } = await core.readNamespacedService({ namespace, name: `${fullname}${end}` });
    return [`${fullname}${end}`, `${spec?.clusterIP ?? ''}:${spec?.ports?.[0]?.port ?? ''}`, purpose];
  };
  heading('Services');
  table(await Promise.all([row('-primary', 'writes: the primary'), row('-read', 'reads: every replica that is Ready')]));
}

/** Prints commands that can be pasted as they are. */
export function reportCommands({ namespace, name, fullname, engine }: Release): void {
  const admin = `${engine.clientBinary} --defaults-file=/run/mysql-sts/agent.cnf`;
  heading('How to look around');
  for (const [command, meaning] of [
    [`export KUBECONFIG=${KUBECONFIG} PATH=${BIN}:$PATH`, 'once, for all that follow'],
    [`kubectl -n ${namespace} get pods -L mysql-sts/role`, ''],
    [`kubectl -n ${namespace} logs ${fullname}-1 -c clone-mysql`, 'how a replica got its data'],
    [`kubectl -n ${namespace} exec ${fullname}-1 -c mysql -- ${admin} --vertical -e '${engine.sql.showReplicaStatus}'`, 'how it follows'],
    [`kubectl -n ${namespace} exec -it ${fullname}-0 -c mysql -- ${admin} app`, 'SQL on the primary'],
    [`helm -n ${namespace} test ${name}`, 'a row from the primary to a replica'],
    [`kubectl -n ${namespace} delete pod ${fullname}-0`, 'and it comes back with its data'],
    [`helm -n ${namespace} upgrade ${name} ./chart --reuse-values --set replicaCount=4`, 'one replica more, cloned while you watch'],
    ['make cluster-down', 'the end of a cluster on this machine'],
  ] as const) {
    say(`  ${command}${meaning === '' ? '' : `   # ${meaning}`}`);
  }
}

interface Content {
  readonly gtids: string;
  readonly rows: string;
  readonly checksum: string;
}

async function contentOf(release: Release, pod: string, written: string): Promise<Content> {
  const [first, second] = await podSql(
    release,
    pod,
    `SELECT ${positionSql(release.engine)}, (SELECT COUNT(*) FROM ${written}); CHECKSUM TABLE ${written};`,
  );
  return { gtids: first?.[0] ?? '', rows: first?.[1] ?? '', checksum: second?.[1] ?? '' };
}
