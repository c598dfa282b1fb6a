/** serve-clone.sh behind the agent's port: what a donor answers in which state, to whom. */

import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { makeCertificate, type Certificate } from './harness/certificates.ts';
import { RECORDED_ROWS, STREAM_TOOLS, startStreamDonor } from './harness/donor.ts';
import type { Pod } from './harness/pod.ts';
import { project } from './harness/projected.ts';
import { makeRelease, PASSWORDS, type Release, type ReleaseOptions } from './harness/release.ts';
import { startShell, withFunctions } from './harness/shell.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { island } from './harness/island.ts';
import { until } from './harness/wait.ts';

interface Stage {
  readonly release: Release;
  readonly donor: Pod;
  /** A pod with the certificate of the release that never runs a server. */
  readonly client: Pod;
}

const MEBIBYTE = 2 ** 20;
const TLS = '/etc/mysql-sts/tls';
const CERTIFIED = `,cert=${TLS}/tls.crt,key=${TLS}/tls.key`;

/** Asks for a clone as clone-stream.sh does, and leaves what came in a folder; prints the names of our own entries. */
async function ask({ client }: Stage, certificate = CERTIFIED): Promise<string> {
  const { output } = await withFunctions(
    client,
    `load talk/stream
    rm -rf /tmp/copy
    mkdir /tmp/copy
    socat -u "OPENSSL:db-0.db:3307,cafile=${TLS}/ca.crt${certificate}" STDOUT 2> /tmp/socat.log | "$STREAM_TOOL" -x -C /tmp/copy 2> /dev/null || true
    cd /tmp/copy
    for name in mysql-sts-*; do printf '%s\\n' "$name"; done`,
  );
  return output.trimEnd();
}

function answer({ client }: Stage): Promise<string> {
  return withFunctions(client, 'cat /tmp/copy/mysql-sts-refused').then(({ output }) => output.trimEnd());
}

const WHOLE = 'mysql-sts-offer\nmysql-sts-proof';
const REFUSED = 'mysql-sts-refused';

type State = readonly [name: string, run: (stage: Stage) => Promise<void>];

const STATES: readonly State[] = [
  ['a client with a certificate gets an offer, the copy and a proof', wholeCopy],
  ['a client that comes by IPv6 is served, too', byIpv6],
  ['the offer does not count the logs of what is gone', offeredBytes],
  ['a client without a certificate gets nothing', withoutCertificate],
  ['a client that speaks no TLS gets nothing, and the next one is served', garbage],
  ['a client with a certificate of another authority gets nothing', foreignClient],
  ["a client with a certificate of the release's authority for other names gets nothing", strangerOfSameAuthority],
  ['clients that show no certificate are hung up, and the next one is served', silentClients],
  ['while a clone is served, the next client hears that it is busy', busy],
  ['the turn of a process that died is taken over', deadTurn],
  ['a server that is not ready says why', notReady],
  ['a changed clone password is read for the next clone', changedPassword],
  ['a backup that fails ends without a proof, and leaves the turn', failedBackup],
  ['a client that hangs up leaves the donor free, without a tool that goes on', hangUp],
  ['a new agent forgets the turn of a clone that died with the old one', staleTurn],
  ['renewed certificates are shown from the next clone on', renewedCertificates],
];

async function byIpv6({ donor }: Stage): Promise<void> {
  const ask = `socat -u "OPENSSL:[::1]:3307,commonname=db-0.db,cafile=${TLS}/ca.crt${CERTIFIED}" STDOUT 2> /tmp/socat.log`;
  const { output } = await withFunctions(donor, `${ask} | wc -c; cat /tmp/socat.log`, { container: 'agent' });
  assert.match(output, /^[1-9]\d{3}/, output);
}

async function wholeCopy(stage: Stage): Promise<void> {
  assert.is(await ask(stage), WHOLE, stage.donor.container('agent').tail);
  const { output } = await withFunctions(stage.client, 'cat /tmp/copy/mysql-sts-offer /tmp/copy/mysql-sts-proof');
  assert.match(
    output,
    /^donor=db-0\ncluster=[0-9a-f]{32}\ngeneration=1\nversion=[0-9.]+\nposition=\S+\nhistory=\S+\nbytes=\d+\ndoubt=\ndonor=db-0\nposition=\S+\nseconds=\d+\n$/,
  );
  assert.is(await sql(stage.donor, 'SELECT COUNT(*) FROM app.t;'), String(RECORDED_ROWS));
  assert.not.ok(existsSync(stage.donor.path('run', 'serving')), 'the turn is over');
}

/** A receiver whose volume is large enough must not be told that it is not. */
async function offeredBytes(stage: Stage): Promise<void> {
  const rows = Array.from({ length: 40 }, (_, id) => `INSERT INTO app.gone VALUES (${id}, REPEAT(SHA2('${id}', 512), 8192));`);
  const before = await offered(stage);
  await sql(stage.donor, `CREATE TABLE app.gone (id INT PRIMARY KEY, text LONGTEXT); ${rows.join(' ')} DROP TABLE app.gone;`);
  const added = (await offered(stage)) - before;
  assert.ok(added < 20 * MEBIBYTE, `${added} more bytes are offered`);
}

async function offered(stage: Stage): Promise<number> {
  assert.is(await ask(stage), WHOLE, stage.donor.container('agent').tail);
  const { output } = await withFunctions(stage.client, 'noted_value /tmp/copy/mysql-sts-offer bytes');
  return Number(output);
}

async function withoutCertificate(stage: Stage): Promise<void> {
  assert.is(await ask(stage, ''), 'mysql-sts-*');
}

async function garbage(stage: Stage): Promise<void> {
  const { status, output } = await withFunctions(
    stage.client,
    'head --bytes=100000 /dev/zero | socat -t 5 - TCP:db-0.db:3307 | wc --bytes',
  );
  // What may come back is the alert of the TLS library, a few bytes.
  if (status === 0) assert.ok(Number(output) < 100, output);
  assert.is(await ask(stage), WHOLE);
}

async function foreignClient(stage: Stage): Promise<void> {
  await isTurnedAway(stage, await makeCertificate(stage.release.path('foreign'), ['db-1.db']));
}

/** An issuer may sign for many, of whom none but the release's pods have anything to do with its data. */
async function strangerOfSameAuthority(stage: Stage): Promise<void> {
  const authority = (await island()).path('certificates');
  await isTurnedAway(stage, await makeCertificate(stage.release.path('stranger'), ['shop.example.com', 'db-9.db'], authority));
}

async function isTurnedAway(stage: Stage, shown: Certificate): Promise<void> {
  const folder = stage.client.path('tmp', 'shown');
  await mkdir(folder, { recursive: true });
  for (const name of ['tls.crt', 'tls.key'] as const) await writeFile(join(folder, name), shown[name]);
  assert.is(await ask(stage, ',cert=/tmp/shown/tls.crt,key=/tmp/shown/tls.key'), 'mysql-sts-*');
}

/** More than there may be connections. */
async function silentClients(stage: Stage): Promise<void> {
  const code = 'for ((one = 0; one < 40; one += 1)); do exec {file}<> /dev/tcp/db-0.db/3307; done; sleep 60';
  const holding = stage.client.container('shell').exec(['bash', '-c', code], { seconds: 60 });
  const agent = stage.donor.container('agent');
  const connections = (): number => agent.processes().filter(({ command }) => command.startsWith('socat')).length;
  await until('the clients are connected', () => connections() > 8);
  assert.is(await ask(stage), WHOLE, agent.tail);
  await until('nobody is connected', () => connections() === 1);
  stage.client.container('shell').signal('SIGKILL', /^sleep 60$/);
  await holding;
}

/** A turn as serve-clone.sh takes it, held by a process of the agent's container. */
async function holdTurn(donor: Pod, holder: number): Promise<void> {
  const { status } = await withFunctions(donor, `ln -s ${holder} "$RUN/serving"`, { container: 'agent' });
  assert.is(status, 0);
}

async function busy(stage: Stage): Promise<void> {
  await holdTurn(stage.donor, 1);
  assert.is(await ask(stage), REFUSED);
  assert.is(await answer(stage), 'it is busy with another clone');
  await rm(stage.donor.path('run', 'serving'));
}

async function deadTurn(stage: Stage): Promise<void> {
  await holdTurn(stage.donor, 4_000_000);
  assert.is(await ask(stage), WHOLE);
}

async function notReady(stage: Stage): Promise<void> {
  stage.donor.container('agent').signal('SIGSTOP', /agent\.sh/);
  await sql(stage.donor, 'SET GLOBAL read_only = ON;');
  assert.is(await ask(stage), REFUSED);
  assert.match(await answer(stage), /^it is not ready: the primary is still read-only/);
  await sql(stage.donor, 'SET GLOBAL read_only = OFF;');
  stage.donor.container('agent').signal('SIGCONT', /agent\.sh/);
}

async function changedPassword(stage: Stage): Promise<void> {
  await stage.release.setPassword('clone', `n'e"w\\ pass`);
  const { agent } = await restartAgent(stage);
  await agent.says('the accounts and their privileges are up to date');
  assert.is(await ask(stage), WHOLE, agent.tail);
  await stage.release.setPassword('clone', PASSWORDS.clone);
  await agent.says('the accounts and their privileges are up to date', { after: agent.log.length });
}

async function restartAgent({ donor }: Stage): Promise<{ readonly agent: ReturnType<Pod['container']> }> {
  await donor.container('agent').kill();
  const agent = donor.start('agent');
  await listening(donor);
  return { agent };
}

async function listening(donor: Pod): Promise<void> {
  const probe = ['bash', '-c', ': < /dev/tcp/127.0.0.1/3307'];
  await until('the agent listens', async () => (await donor.container('mysql').exec(probe)).status === 0);
}

async function failedBackup(stage: Stage): Promise<void> {
  await sql(stage.donor, "REVOKE RELOAD ON *.* FROM 'clone'@'localhost';");
  assert.is(await ask(stage), 'mysql-sts-offer');
  await stage.donor.container('agent').says('the backup tool failed, so the stream ends without its proof');
  await until('the turn is over', () => !existsSync(stage.donor.path('run', 'serving')));
  await sql(stage.donor, "GRANT RELOAD ON *.* TO 'clone'@'localhost';");
  assert.is(await ask(stage), WHOLE);
}

async function hangUp(stage: Stage): Promise<void> {
  const code = `socat -u "OPENSSL:db-0.db:3307,cafile=${TLS}/ca.crt${CERTIFIED}" STDOUT | head --bytes=1000000 > /dev/null; true`;
  await withFunctions(stage.client, code);
  const agent = stage.donor.container('agent');
  const serving = (): boolean =>
    agent.processes().some(({ command }) => /^\S*bash .*serve-clone|backup/.test(command) && !command.startsWith('socat'));
  await until('the donor is free', () => !serving(), { seconds: 60, why: () => JSON.stringify(agent.processes()) });
  assert.is(await ask(stage), WHOLE);
}

async function staleTurn(stage: Stage): Promise<void> {
  await holdTurn(stage.donor, 1);
  await restartAgent(stage);
  assert.is(await ask(stage), WHOLE);
}

async function renewedCertificates(stage: Stage): Promise<void> {
  const renewed = await makeCertificate(stage.release.path('renewed'), ['db-0.db', 'db-1.db']);
  for (const pod of [stage.donor, stage.client]) await project(pod.path('tls'), { ...renewed });
  await until('the donor shows its new certificate', async () => (await ask(stage)) === WHOLE, { seconds: 20 });
}

for (const tool of STREAM_TOOLS) {
  let made: Promise<Stage> | undefined;
  const rows = STATES.map(([name, run]): Row => ({ name: `${tool.title}: ${name}`, run: async () => run(await (made ??= start(tool))) }));
  table(`serve-clone, ${tool.title}`, rows, { after: async () => (await made)?.release.remove() });
}

async function start(tool: ReleaseOptions): Promise<Stage> {
  const release = await makeRelease(tool);
  const donor = await startStreamDonor(release);
  const client = await release.pod(1);
  startShell(client, 'clone');
  return { release, donor, client };
}
