/** clone-mysql.sh where the method streams: every state of the receiver, against streams that a real donor once sent. */

import { mkdir, writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { RECORDED_ROWS, STREAM_TOOLS, changed, startDonor } from './harness/donor.ts';
import type { InitOutcome, Pod } from './harness/pod.ts';
import { REFUSALS, type Refusal, type Stage } from './harness/refused-streams.ts';
import { withRelease } from './harness/release.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { entries, exists, fingerprint, record } from './harness/volumes.ts';
import { until } from './harness/wait.ts';

/** One round of donors, and then the last word. */
function oneRound(receiver: Pod): Promise<InitOutcome> {
  return receiver.run('clone-mysql', { CLONE_DEADLINE: '0s' });
}

async function fullClone(receiver: Pod): Promise<InitOutcome> {
  const outcome = await receiver.run('clone-mysql', { CLONE_DEADLINE: '20s' });
  assert.is(outcome.status, 0, outcome.output);
  assert.equal(entries(receiver), ['instance']);
  return outcome;
}

function refusalRow({ name, serves, arrange, reason }: Refusal): (stage: Stage) => Promise<void> {
  return async (stage) => {
    if (serves !== undefined) await stage.donor.serves(serves);
    await arrange?.(stage);
    const { status, message, output } = await oneRound(stage.receiver);
    assert.is(status, 1, name);
    assert.match(message, /^No clone could be made within 0s \(value clone\.deadline\)\. .* Nothing half-made was kept/, output);
    assert.match(message, reason, output);
    assert.equal(entries(stage.receiver), [], 'nothing half-made was kept');
    assert.equal(stage.release.api.testimonies, []);
  };
}

interface State {
  readonly name: string;
  readonly certified?: Refusal['certified'];
  readonly run: (stage: Stage) => Promise<void>;
}

/** What the tools and the stream leave between the data. */
const NOTES = /^(mysql-sts-|xtrabackup_|mariadb_backup_|backup-my\.cnf$)/;

const STATES: readonly State[] = [
  ...REFUSALS.map((one): State => ({ ...one, run: refusalRow(one) })),
  { name: 'a fresh replica: the copy is published, starts and has the rows', run: freshReplica },
  { name: "a schema with a name like one of the tool's notes is copied like any other", run: namedLikeNotes },
  { name: 'killed in the middle: the next start wipes what is half-made', run: killedInTheMiddle },
  { name: 'complete but not published: the next start publishes it and asks no donor', run: unpublished },
  { name: 'an instance exists: nothing is touched, nobody is asked', run: instanceExists },
  { name: 'a volume that is too small: said at once, and the donor is free again', run: smallVolume },
  { name: 'the first donor fails: the next one is taken', run: nextDonor },
];

async function freshReplica({ receiver, release }: Stage): Promise<void> {
  assert.is((await receiver.run('init-mysql')).status, 0);
  await fullClone(receiver);
  assert.is(release.api.claims.get('data-db-1')?.['mysql-sts/holds-data'], record(receiver)['cluster']);
  assert.match(record(receiver)['position'] ?? '', release.engine.family === 'mysql' ? /^[0-9a-f-]{36}:1-\d+$/ : /^0-100-\d+$/);
  assert.equal(
    readdirSync(receiver.path('volume', 'instance', 'data')).filter((name) => NOTES.test(name)),
    [],
  );
  await receiver.startServer();
  assert.is(await sql(receiver, 'SELECT COUNT(*) FROM app.t;'), String(RECORDED_ROWS));
}

async function namedLikeNotes({ donor, receiver }: Stage): Promise<void> {
  const schemas = ['mariadb_backup_x', 'xtrabackup_x'];
  await donor.serves(
    changed(
      `for schema in ${schemas.join(' ')}; do mkdir "$schema"; printf '%s\\n' default-character-set=utf8mb4 > "$schema/db.opt"; done`,
    ),
  );
  await fullClone(receiver);
  const likeNotes = readdirSync(receiver.path('volume', 'instance', 'data')).filter((name) => NOTES.test(name));
  assert.equal([...likeNotes].sort(), schemas);
  for (const schema of schemas) assert.ok(exists(receiver, 'instance', 'data', schema, 'db.opt'), schema);
}

async function killedInTheMiddle({ donor, receiver }: Stage): Promise<void> {
  await donor.serves('head --bytes=2000000 "$STREAM"; sleep 60');
  const container = receiver.start('clone-mysql');
  await until('the copy has begun', () => exists(receiver, 'staging', 'data', 'mysql-sts-offer'));
  await container.kill();
  await writeFile(receiver.path('volume', 'staging', 'data', 'left-over'), '');
  await donor.serves('cat "$STREAM"');
  await fullClone(receiver);
  assert.not.ok(exists(receiver, 'instance', 'data', 'left-over'));
}

async function unpublished({ release, donor, receiver }: Stage): Promise<void> {
  release.api.disturb = (call) => (call.method === 'PATCH' ? 500 : 'none');
  const { status, message } = await oneRound(receiver);
  assert.is(status, 1);
  assert.match(message, /^Claim data-db-1 could not be annotated \(Kubernetes API status 500\)/);
  assert.equal(entries(receiver), ['staging']);
  release.api.disturb = () => 'none';
  await donor.pod.container('donor').kill();
  await fullClone(receiver);
}

async function instanceExists({ donor, receiver }: Stage): Promise<void> {
  await donor.serves('touch /tmp/asked');
  await mkdir(receiver.path('volume', 'instance', 'data'), { recursive: true });
  const before = await fingerprint(receiver);
  assert.is((await oneRound(receiver)).status, 0);
  assert.is(await fingerprint(receiver), before);
  assert.not.ok(readdirSync(donor.pod.path('tmp')).includes('asked'));
}

async function smallVolume({ donor, receiver }: Stage): Promise<void> {
  await receiver.limitVolume(12);
  await donor.serves('head --bytes=4000000 "$STREAM"; sleep 60');
  const { message, output } = await oneRound(receiver);
  assert.match(message, /db-0\.db: the copy needs about \d+ MiB and the volume has \d+ MiB left/, output);
  assert.equal(entries(receiver), []);
  await until('the donor is free', () => donor.idle, { seconds: 60 });
}

async function nextDonor({ release, donor, receiver }: Stage): Promise<void> {
  await release.setNames({ read: 0 });
  await donor.serves('if mkdir /tmp/first 2> /dev/null; then head --bytes=1000000 "$STREAM"; else cat "$STREAM"; fi');
  const { output } = await fullClone(receiver);
  assert.match(output, /received \d+ MiB from db-0; preparing the copy/);
}

const rows = STREAM_TOOLS.flatMap((tool) =>
  STATES.map(({ name, certified, run }): Row => ({
    name: `${tool.title}: ${name}`,
    run: () =>
      withRelease(tool, async (release) => {
        await certified?.(release);
        const donor = await startDonor(release, tool);
        await run({ release, donor, receiver: await release.pod(1) });
      }),
  })),
);

table('clone-mysql, streamed', rows, { parallel: 3 });
