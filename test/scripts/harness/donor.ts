/** Donors of streamed clones that serve what a test says, made of what a real donor once served. */

import { writeFile } from 'node:fs/promises';
import type { EngineName } from '../../../schema/engines.ts';
import { ISLAND_ROOT, island } from './island.ts';
import type { Pod } from './pod.ts';
import { startPrimary } from './prepared.ts';
import { withRelease, type Release, type ReleaseOptions } from './release.ts';
import { FUNCTIONS, startShell } from './shell.ts';
import { sql } from './sql.ts';
import { until } from './wait.ts';

/** A tool that streams, and its name in the titles of tests. */
export interface StreamTool extends ReleaseOptions {
  readonly title: string;
}

/** The tools of both families. XtraBackup itself cannot be had here. */
export const STREAM_TOOLS: readonly StreamTool[] = [
  { engine: 'mariadb-11.8', method: 'mariadb-backup', title: 'mariadb-backup' },
  { engine: 'mysql-9.7', method: 'xtrabackup', title: 'XtraBackup STAND-IN' },
];

/** How many rows the table app.t of the recorded donor has. */
export const RECORDED_ROWS = 3;

const recorded = new Map<EngineName, Promise<string>>();

/** Settings without which the stand-in for XtraBackup cannot copy. */
export const STAND_IN_SETTINGS = '[mysqld]\nplugin-load-add=mysql_clone.so\n';

/** A running primary that clones can be streamed from. */
export async function startStreamDonor(release: Release): Promise<Pod> {
  const pod = await release.pod(0);
  if (release.engine.family === 'mysql') await pod.configure(STAND_IN_SETTINGS);
  await startPrimary(release);
  await sql(pod, 'CREATE TABLE IF NOT EXISTS app.t (a INT PRIMARY KEY); REPLACE INTO app.t VALUES (1), (2), (3);');
  return pod;
}

/** One whole clone as serve-clone.sh sends it, in a file of the island. */
function recordedStream(options: ReleaseOptions): Promise<string> {
  const result = recorded.get(options.engine) ?? record(options);
  recorded.set(options.engine, result);
  return result;
}

function record(options: ReleaseOptions): Promise<string> {
  return withRelease(options, async (release) => {
    const pod = await startStreamDonor(release);
    const command = 'bash /opt/mysql-sts/run/serve-clone.sh > /tmp/stream';
    const { status, output } = await pod.container('agent').exec(['bash', '-c', command], { environment: release.environment(0) });
    if (status !== 0) throw new Error(`The clone could not be recorded:\n${output}`);
    const file = `${ISLAND_ROOT}/recorded-${options.engine}`;
    await (await island()).run('cp', `${ISLAND_ROOT}/${release.name}/${pod.name}/tmp/stream`, file);
    return file;
  });
}

/** A pod that answers on the clone port with the output of bash code, which finds the recorded stream in `$STREAM`. */
export class Donor {
  readonly pod: Pod;

  constructor(pod: Pod) {
    this.pod = pod;
  }

  /** What every later connection gets. */
  async serves(code: string): Promise<void> {
    const lines = [FUNCTIONS, 'load talk/stream', 'STREAM=/tmp/stream', code];
    await writeFile(this.pod.path('tmp', 'serve'), `${lines.join('\n')}\n`);
  }

  /** Nobody is connected: the listener is the only one of its kind. */
  get idle(): boolean {
    return (
      this.pod
        .container('donor')
        .processes()
        .filter(({ command }) => command.startsWith('socat')).length === 1
    );
  }
}

/** Code of a donor that serves the recorded stream after a change to its files. */
export function changed(change: string): string {
  return `
    folder=$(mktemp --directory)
    "$STREAM_TOOL" -x -C "$folder" < "$STREAM"
    cd "$folder"
    ${change}
    "$STREAM_TOOL" -c "$OFFER"
    mapfile -t files < <(find . -type f -printf '%P\\n' | grep -v "^mysql-sts-")
    "$STREAM_TOOL" -c "\${files[@]}"
    if [[ -f $PROOF ]]; then "$STREAM_TOOL" -c "$PROOF"; fi
    rm -rf "$folder"`;
}

/** Makes pod 0 such a donor, with the certificate that its volume has. */
export async function startDonor(release: Release, options: ReleaseOptions): Promise<Donor> {
  const stream = await recordedStream(options);
  const pod = await release.pod(0);
  await release.island.run('cp', stream, `${ISLAND_ROOT}/${release.name}/${pod.name}/tmp/stream`);
  const donor = new Donor(pod);
  await donor.serves('cat "$STREAM"');
  const tls = '/etc/mysql-sts/tls';
  const listen = `OPENSSL-LISTEN:3307,reuseaddr,fork,cafile=${tls}/ca.crt,cert=${tls}/tls.crt,key=${tls}/tls.key,verify=1`;
  pod.launch('donor', { command: ['socat', listen, 'EXEC:bash /tmp/serve'], image: 'clone', mounts: [] });
  startShell(pod, 'clone');
  await until(
    'the donor listens',
    async () => (await pod.container('shell').exec(['bash', '-c', ': < /dev/tcp/127.0.0.1/3307'])).status === 0,
  );
  return donor;
}
