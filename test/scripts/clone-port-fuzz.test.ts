/** The clone port under attack while real clones work: the clones end well, strangers get nothing, the agent goes on. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as assert from 'uvu/assert';
import type { Assaulted } from './harness/assaulted.ts';
import { KINDS } from './harness/assault-kinds.ts';
import { makeCertificate } from './harness/certificates.ts';
import { STREAM_TOOLS, startStreamDonor } from './harness/donor.ts';
import { ISLAND_ROOT } from './harness/island.ts';
import type { Pod } from './harness/pod.ts';
import { withRelease, type Release } from './harness/release.ts';
import { startShell, withFunctions } from './harness/shell.ts';
import { sql } from './harness/sql.ts';
import { table } from './harness/table.ts';
import { entries } from './harness/volumes.ts';
import { until } from './harness/wait.ts';

/** The same order in every run, unless another is asked for. */
const SEED = Number(process.env['MYSQL_STS_SEED'] ?? 3307);
const CONNECTIONS = 300;
const SECONDS = 60;
/** Half of a handshake, with the donor's certificate, and an alert. */
const MOST_BYTES = 8192;
const TSX = import.meta.resolve('tsx');

type Counts = Readonly<Record<string, Assaulted>>;

interface Assault {
  readonly begun: Promise<unknown>;
  readonly ended: Promise<Counts>;
}

async function assault(release: Release): Promise<Assault> {
  const foreign = await makeCertificate(release.path('foreign'), ['db-1.db']);
  await mkdir(release.path('stranger'));
  for (const name of ['tls.crt', 'tls.key'] as const) await writeFile(release.path('stranger', name), foreign[name]);
  const [enter, ...prefix] = release.island.prefix;
  const program = join(import.meta.dirname, 'harness/assault.ts');
  const folder = join(ISLAND_ROOT, release.name, 'stranger');
  const args = [release.address(0), '3307', String(SEED), String(CONNECTIONS), String(SECONDS), folder];
  const child = spawn(enter, [...prefix, process.execPath, '--import', TSX, program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const ended = once(child, 'close').then(([status]) => {
    assert.is(status, 0, 'the strangers ended badly');
    return countsOf(lines.at(-1) ?? '');
  });
  return { begun: Promise.race([once(reader, 'line'), ended]), ended };
}

function countsOf(line: string): Counts {
  const counts: Counts = JSON.parse(line) as Counts;
  return counts;
}

/** A clone that began before the assault, and takes its time. */
function slowClone(client: Pod): { readonly began: Promise<void>; readonly whole: Promise<boolean> } {
  const code = `load talk/stream
    mkdir -p /tmp/slow
    socat -u "OPENSSL:db-0.db:3307,cafile=$SETTINGS/tls/ca.crt,cert=$SETTINGS/tls/tls.crt,key=$SETTINGS/tls/tls.key" STDOUT \\
      | { head --bytes=1000000; : > /tmp/began; sleep 12; cat; } | "$STREAM_TOOL" -x -C /tmp/slow
    [[ -s /tmp/slow/$PROOF ]]`;
  const whole = withFunctions(client, code, { seconds: 60 }).then(({ status }) => status === 0);
  return { began: until('the slow clone has begun', () => existsSync(client.path('tmp', 'began'))), whole };
}

/** Clones by the chart's own script, one after the other; returns how many. */
async function cloneUntil(receiver: Pod, over: () => boolean): Promise<number> {
  for (let count = 0; ; count += 1) {
    if (count > 0 && over()) return count;
    const { status, output } = await receiver.run('clone-mysql', { CLONE_DEADLINE: '90s' }, 120);
    assert.is(status, 0, output);
    assert.equal(entries(receiver), ['instance']);
    await receiver.release.island.run('rm', '-rf', join(ISLAND_ROOT, receiver.release.name, receiver.name, 'volume', 'instance'));
  }
}

function checkCounts(counts: Counts): void {
  assert.equal(Object.keys(counts).sort(), Object.keys(KINDS).sort(), 'every kind was tried');
  for (const [kind, { connections, closed, mostBytes, content }] of Object.entries(counts)) {
    process.stdout.write(
      `    ${String(connections).padStart(5)}  ${kind}: ${closed} closed, at most ${mostBytes} bytes said, ${content} of content\n`,
    );
    assert.is(closed, connections, `${kind}: all are hung up`);
    assert.is(content, 0, kind);
    assert.ok(mostBytes <= MOST_BYTES, `${kind}: ${mostBytes} bytes`);
  }
}

async function checkDonor(donor: Pod): Promise<void> {
  const agent = donor.container('agent');
  const listeners = (): number => agent.processes().filter(({ command }) => command.startsWith('socat')).length;
  await until('nobody is connected any more', () => listeners() === 1, { why: () => JSON.stringify(agent.processes()) });
  assert.ok(agent.running);
  assert.not.ok(existsSync(donor.path('run', 'serving')), 'the turn is over');
  assert.is((await donor.probe('ready')).status, 0);
}

async function underAssault(release: Release): Promise<void> {
  const donor = await startStreamDonor(release);
  await sql(
    donor,
    'CREATE TABLE app.big (id INT PRIMARY KEY, text LONGTEXT); ' +
      Array.from({ length: 40 }, (_, id) => `INSERT INTO app.big VALUES (${id}, REPEAT(SHA2('${id}', 512), 8192));`).join(' '),
  );
  const client = await release.pod(2);
  startShell(client, 'clone');
  const slow = slowClone(client);
  await slow.began;
  const strangers = await assault(release);
  await strangers.begun;
  let over = false;
  const counting = strangers.ended.finally(() => (over = true));
  const clones = await cloneUntil(await release.pod(1), () => over);
  checkCounts(await counting);
  assert.ok(await slow.whole, 'the clone that had begun before is whole');
  await checkDonor(donor);
  process.stdout.write(`    ${clones} clones by clone-mysql.sh meanwhile, and one that was under way (MYSQL_STS_SEED=${SEED})\n`);
}

// The port is the same for all tools, so the one that is real in every part here will do.
const REAL = STREAM_TOOLS.filter(({ method }) => method === 'mariadb-backup');

table(
  'clone port under attack',
  REAL.map((tool) => ({ name: `${tool.title}: clones end well, strangers get nothing`, run: () => withRelease(tool, underAssault) })),
);
