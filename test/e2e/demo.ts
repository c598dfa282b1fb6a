/**
 * The main job, shown: installs the chart with its default values, writes through the primary service, and prints what
 * every pod has. Run it again and it goes on with what is there.
 */

import { ENGINES, type CloneMethod } from '../../schema/engines.ts';
import { DEFAULTS } from '../../schema/defaults.ts';
import { contentOf, untilCaughtUp } from './support/compare.ts';
import { core, ifFound } from './support/kubernetes.ts';
import { isReady, nameOf, roleOf } from './support/pods.ts';
import { elapsed, say, stopwatch } from './support/progress.ts';
import { install, podsOf, type Overrides, type Release } from './support/release.ts';
import { connectAsApp, podSql, primaryService, replicaStatus } from './support/sql.ts';
import { STAND_IN_NOTE, STAND_IN_SETTING } from './support/stand-in.ts';
import { BIN, KUBECONFIG } from './support/tools.ts';

const RELEASE = 'mysql-sts';
const ROWS = 1000;

/** What was asked for on make's command line. */
interface Wish {
  readonly engine: string;
  readonly method: string;
}

function wishFromEnvironment(): Wish {
  const engine = process.env['ENGINE'] === undefined || process.env['ENGINE'] === '' ? DEFAULTS.engine : process.env['ENGINE'];
  const row = ENGINES.find(({ name }) => name === engine);
  if (row === undefined) throw new Error(`There is no engine ${engine}. ENGINE may be ${ENGINES.map(({ name }) => name).join(', ')}.`);
  const method = process.env['METHOD'] === undefined || process.env['METHOD'] === '' ? row.cloneMethods[0] : process.env['METHOD'];
  if (!row.cloneMethods.some((offered) => offered === method)) {
    throw new Error(`${engine} cannot be cloned by ${method}. METHOD may be ${row.cloneMethods.join(', ')}.`);
  }
  return { engine, method };
}

/** Nothing but what was asked for: the defaults are the point of the demonstration. */
function valuesFor({ engine, method }: Wish): Overrides {
  const row = ENGINES.find(({ name }) => name === engine);
  const offered: CloneMethod | undefined = row?.cloneMethods.find((name) => name === method);
  return {
    ...(row === undefined || engine === DEFAULTS.engine ? {} : { engine: row.name }),
    ...(offered === undefined || offered === row?.cloneMethods[0] ? {} : { clone: { method: offered } }),
    ...(method === 'xtrabackup' ? { config: { common: STAND_IN_SETTING } } : {}),
  };
}

/** A namespace in which Kubernetes enforces its strictest level of Pod Security. */
async function makeNamespace(name: string): Promise<void> {
  if ((await ifFound(core.readNamespace({ name }))) !== undefined) return;
  await core.createNamespace({ body: { metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } } });
}

async function writeRows(release: Release): Promise<void> {
  const { connection, close } = await connectAsApp(release, primaryService(release));
  try {
    await connection.query('CREATE TABLE IF NOT EXISTS demo (id INT AUTO_INCREMENT PRIMARY KEY, note VARCHAR(40) NOT NULL)');
    const rows = Array.from({ length: ROWS }, (_, index) => [`row ${index} of ${new Date().toISOString()}`]);
    await connection.query('INSERT INTO demo (note) VALUES ?', [rows]);
  } finally {
    close();
  }
}

async function tableOfPods(release: Release): Promise<readonly (readonly string[])[]> {
  const rows = (await podsOf(release.namespace, RELEASE)).map(async (pod) => {
    const name = nameOf(pod);
    const [content, status] = [await contentOf(release, name), await replicaStatus(release, name)];
    const [count] = await podSql(release, name, 'SELECT COUNT(*) FROM app.demo');
    const lag = status.get(release.engine.columns.lag);
    const checksum = content.checksums['app.demo'] ?? '';
    return [name, roleOf(pod), isReady(pod) ? 'yes' : 'no', lag === undefined ? '-' : `${lag} s`, count?.[0] ?? '', checksum, content.position];
  });
  return [['POD', 'ROLE', 'READY', 'LAG', 'ROWS', 'CHECKSUM', 'GTID SET'], ...(await Promise.all(rows))];
}

function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) say(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

function printWaysAround({ namespace, fullname, engine }: Release): void {
  say(`
Look around:

  export KUBECONFIG=${KUBECONFIG} PATH=${BIN}:$PATH
  kubectl -n ${namespace} get pods -L mysql-sts/role
  kubectl -n ${namespace} logs ${fullname}-1 -c clone-mysql
  kubectl -n ${namespace} exec -it ${fullname}-0 -c mysql -- ${engine.clientBinary} --defaults-file=/run/mysql-sts/agent.cnf app
  helm -n ${namespace} test ${RELEASE}

Remove it: helm -n ${namespace} uninstall ${RELEASE}; the cluster, if it was started here: make cluster-down`);
}

async function main(): Promise<void> {
  const [wish, seconds] = [wishFromEnvironment(), stopwatch()];
  const namespace = `demo-${wish.engine.replace('.', '-')}-${wish.method}`;
  say(`A primary and two replicas of ${wish.engine}, cloned by ${wish.method}, in namespace ${namespace}`);
  if (wish.method === 'xtrabackup') say(STAND_IN_NOTE);
  await makeNamespace(namespace);
  const release = await install(namespace, RELEASE, valuesFor(wish));
  say(`${elapsed(seconds())}  all pods are Ready`);
  await writeRows(release);
  await untilCaughtUp(release);
  say(`${elapsed(seconds())}  ${ROWS} rows written through ${release.fullname}-primary are on every pod\n`);
  printTable(await tableOfPods(release));
  if (wish.method === 'xtrabackup') say(`\n  ${STAND_IN_NOTE}`);
  printWaysAround(release);
}

try {
  await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
