/** The primary's volume: what its first init container makes of what it finds there and on the claims. */

import { mkdir, writeFile } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import { ISLAND_ROOT } from './harness/island.ts';
import type { Pod } from './harness/pod.ts';
import { restorePair, restoreReplica } from './harness/prepared.ts';
import { withRelease, type Release } from './harness/release.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { entries, record } from './harness/volumes.ts';
import { until } from './harness/wait.ts';

const MARIADB = { engine: 'mariadb-11.8', method: 'mariadb-backup' } as const;
const MYSQL = { engine: 'mysql-9.7', method: 'plugin' } as const;
const CLUSTER = '0123456789abcdef0123456789abcdef';
const RESEED = { PRIMARY_VOLUME_LOST: 'reseed' };

function annotate(release: Release, ordinal: number, generation: number): void {
  release.api.claims.set(`data-db-${ordinal}`, { 'mysql-sts/holds-data': CLUSTER, 'mysql-sts/generation': String(generation) });
}

async function put(pod: Pod, folder: 'instance' | 'staging', generation: number): Promise<void> {
  await mkdir(pod.path('volume', folder, 'data'), { recursive: true });
  await writeFile(pod.path('volume', folder, 'record'), `cluster=${CLUSTER}\ngeneration=${generation}\nengine=mariadb-11.8\nversion=11.8.6\n`);
  await pod.release.island.run('chown', '-R', '999:999', `${ISLAND_ROOT}/${pod.release.name}/${pod.name}/volume`);
}

/** A state in which no server is needed, and how init-mysql ends. */
interface State {
  readonly name: string;
  readonly arrange: (release: Release, pod: Pod) => Promise<void> | void;
  readonly environment?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly says: RegExp;
  readonly leaves: readonly string[];
}

const STATES: readonly State[] = [
  {
    name: 'a volume of an older generation is refused',
    arrange: async (release, pod) => {
      await put(pod, 'instance', 1);
      annotate(release, 0, 1);
      annotate(release, 2, 2);
    },
    status: 1,
    says: /The volume of this primary is of generation 1, but the release has gone on from a replica as generation 2\. .*delete claim data-db-0/,
    leaves: ['instance'],
  },
  {
    name: 'a volume of the newest generation goes on',
    arrange: async (release, pod) => {
      await put(pod, 'instance', 2);
      for (const [ordinal, generation] of [[0, 2], [1, 1], [2, 2]] as const) annotate(release, ordinal, generation);
    },
    status: 0,
    says: /the instance is there/,
    leaves: ['instance'],
  },
  {
    name: 'data goes on although nobody can be asked',
    arrange: async (release, pod) => {
      await put(pod, 'instance', 1);
      release.api.disturb = () => 500;
    },
    status: 0,
    says: /status 500\), so nobody was asked for a newer generation/,
    leaves: ['instance'],
  },
  {
    name: 'killed between annotation and rename',
    arrange: async (release, pod) => {
      await put(pod, 'staging', 1);
      annotate(release, 0, 1);
    },
    status: 0,
    says: /the instance is complete: cluster 0123/,
    leaves: ['instance'],
  },
  {
    name: 'to go on from a replica that does not answer is waited for, and refused in the end',
    arrange: (release) => {
      annotate(release, 1, 1);
    },
    environment: { ...RESEED, CLONE_DEADLINE: '2s' },
    status: 1,
    says: /cannot go on from a replica yet: db-1\.db: ERROR 2002.*Bring these pods back; or delete the claims/,
    leaves: [],
  },
  {
    name: 'to go on from a replica when there is none is refused',
    arrange: (release) => {
      annotate(release, 0, 1);
    },
    environment: RESEED,
    status: 1,
    says: /its claim says that it held some, and no replica holds any/,
    leaves: [],
  },
];

function stateRow({ name, arrange, environment, status, says, leaves }: State): Row {
  return {
    name,
    run: () =>
      withRelease(MARIADB, async (release) => {
        const pod = await release.pod(0);
        await arrange(release, pod);
        const outcome = await pod.run('init-mysql', environment);
        assert.is(outcome.status, status, outcome.output);
        assert.match(outcome.output.replaceAll('\n', ' '), says);
        assert.equal(entries(pod), leaves);
      }),
  };
}

const TRUSTED: Row = {
  name: 'an empty volume is trusted when the values say so and the API says nothing',
  run: () =>
    withRelease(MARIADB, async (release) => {
      const pod = await release.pod(0);
      release.api.disturb = () => 403;
      const { status, output } = await pod.run('init-mysql', { TRUST_EMPTY_VOLUME: 'true' });
      assert.is(status, 0, output);
      assert.equal(entries(pod), ['instance']);
    }),
};

/** MariaDB numbers transactions through, whoever writes them: a replica that somebody wrote to has a higher number, and not the rows. */
const ERRANT_REPLICA: Row = {
  name: 'to go on from a replica with rows of its own is refused, since it lacks what another one has',
  run: () =>
    withRelease({ ...MARIADB, environment: RESEED }, async (release) => {
      const { primary, replica } = await restorePair(release);
      const errant = await restoreReplica(release, 2);
      await errant.initialise();
      await sql(primary, 'CREATE TABLE app.kept (id INT PRIMARY KEY)');
      await Promise.all([replica.startReady(), errant.startReady()]);
      await sql(errant, 'STOP REPLICA; SET GLOBAL read_only = OFF; INSERT INTO app.kept VALUES (71); INSERT INTO app.kept VALUES (72)');
      await sql(primary, 'INSERT INTO app.kept VALUES (1)');
      await until('the good replica has the row', async () => (await sql(replica, 'SELECT COUNT(*) FROM app.kept')) === '1');
      await losePrimary(release, primary);
      const { status, output } = await primary.run('init-mysql');
      assert.is(status, 1, output);
      assert.match(output, /no replica holds everything that the others hold: 1 0-100-\d+; 2 .*0-102-\d+/);
      assert.equal(entries(primary), []);
    }),
};

async function losePrimary(release: Release, primary: Pod): Promise<void> {
  await primary.container('agent').kill();
  await primary.container('mysql').kill();
  await release.island.run('rm', '-rf', `${ISLAND_ROOT}/${release.name}/${primary.name}/volume/instance`);
}

/** The rows of a replica live on in a new primary, as another generation, and the replica follows it; and once more. */
function reseedRow(options: typeof MARIADB | typeof MYSQL): Row {
  return {
    name: `${options.engine} goes on from the replica twice, and the replica follows`,
    run: () =>
      withRelease({ ...options, environment: RESEED }, async (release) => {
        const { primary, replica } = await restorePair(release);
        await sql(primary, 'CREATE TABLE app.kept (id INT PRIMARY KEY); INSERT INTO app.kept VALUES (1), (2)');
        await replica.startReady();
        await until('the rows arrive', async () => (await sql(replica, 'SELECT COUNT(*) FROM app.kept').catch(() => '')) === '2');
        for (const generation of [2, 3]) await goOn(release, generation);
        assert.not.match(replica.container('agent').log, /PurgedBinlogs/);
      }),
  };
}

/** Takes the primary its volume. Afterwards there is a row for each generation but the first, beside the first two. */
async function goOn(release: Release, generation: number): Promise<void> {
  const [primary, replica] = [await release.pod(0), await release.pod(1)];
  await losePrimary(release, primary);
  await primary.initialise();
  assert.is(record(primary)['generation'], String(generation));
  await primary.startReady();
  await sql(primary, `INSERT INTO app.kept VALUES (${generation + 1})`);
  assert.is(await sql(primary, 'SELECT @@server_id, generation FROM mysql_sts.cluster'), `${generation}00\t${generation}`);
  const follows = async (): Promise<boolean> => (await sql(replica, 'SELECT COUNT(*) FROM app.kept')) === String(generation + 1);
  await until('the replica follows', follows, { why: () => replica.container('agent').tail });
  const annotation = (): string | undefined => release.api.claims.get('data-db-1')?.['mysql-sts/generation'];
  await until('the claim of the replica says so', () => Promise.resolve(annotation() === String(generation)));
}

table("the primary's volume", [...STATES.map(stateRow), TRUSTED, ERRANT_REPLICA, reseedRow(MARIADB), reseedRow(MYSQL)], { parallel: 2 });
