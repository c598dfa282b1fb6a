/** The rule of readiness, state by state; and the probes' own account, whose password changes in the Secret and on the server in either order. */

import * as assert from 'uvu/assert';
import { forgetVerdict } from './harness/verdict.ts';
import { foundPackets, lostPackets, primaryBack, primaryGone } from './harness/disturbances.ts';
import { pass, settled, startPasses, untilStatus, type Passes } from './harness/passes.ts';
import { defaultMethod, startPrimary } from './harness/prepared.ts';
import { withRelease } from './harness/release.ts';
import { withFunctions } from './harness/shell.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';

const CHANGED = `ne'w"\\ pass`;

function rotationRow(engine: 'mysql-9.7' | 'mariadb-11.8'): Row {
  return {
    name: `${engine}: the probe goes on with the old password until the new one works`,
    run: () =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        const pod = await startPrimary(release);
        await pod.container('agent').kill();
        await forgetVerdict(pod);
        await release.setPassword('monitor', CHANGED);
        assert.is((await pod.probe('ready')).status, 0, 'the server has the old password');
        await sql(pod, `ALTER USER monitor@localhost IDENTIFIED BY 'ne\\'w"\\\\ pass'`);
        assert.is((await pod.probe('ready')).status, 0, 'the server has the new password');
        await sql(pod, `ALTER USER monitor@localhost IDENTIFIED BY 'a third one 3'`);
        const refused = await pod.probe('ready');
        assert.is(refused.status, 1);
        assert.match(refused.output, 'ERROR 1045');
        assert.is((await pod.probe('alive')).status, 0, 'a server that refuses the login is alive');
      }),
  };
}

/** What the probe says in a state; nothing: the pod is ready. */
interface State {
  readonly name: string;
  readonly arrange: (passes: Passes) => Promise<void>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly notReady?: RegExp;
  /** Whether a copy of this server is worth having; it is unless said otherwise. */
  readonly donor?: boolean;
  /** The label that the agent gives the pod. */
  readonly role?: 'replica' | 'detached';
  readonly undo: (passes: Passes) => Promise<void>;
}

const MINUTE_S = 60;

/** Writes into the agent's notes that something was so many seconds ago. */
async function note(passes: Passes, file: '$INSTANCE/in-touch' | '$STATE/started', age: number): Promise<void> {
  const { status, output } = await withFunctions(passes.replica, `echo $(($(now) - ${age})) > "${file}"`, { container: 'mysql' });
  assert.is(status, 0, output);
}

/** The primary is gone, and the two times by which that is judged were so many seconds ago. */
function gone(inTouch: number, started: number): State['arrange'] {
  return async (passes) => {
    await primaryGone(passes);
    await untilStatus(passes, /IO_Errno: 2/);
    await note(passes, '$INSTANCE/in-touch', inTouch);
    await note(passes, '$STATE/started', started);
  };
}

async function lag(passes: Passes): Promise<void> {
  await sql(passes.replica, 'STOP REPLICA; CHANGE MASTER TO MASTER_DELAY = 3600; START REPLICA');
  await sql(passes.primary, 'INSERT INTO app.t VALUES ()');
  await untilStatus(passes, /Seconds_Behind_Master: [1-9]/);
}

async function catchUp(passes: Passes): Promise<void> {
  await sql(passes.replica, 'STOP REPLICA; CHANGE MASTER TO MASTER_DELAY = 0; START REPLICA');
  await untilStatus(passes, /Seconds_Behind_Master: 0/);
}

const SILENT = /^out of touch with the primary for more than replication\.maxSourceSilence \(10m\): /;
const NO_CHANGE = (): Promise<void> => Promise.resolve();

const STATES: readonly State[] = [
  { name: 'it follows', arrange: NO_CHANGE, role: 'replica', undo: NO_CHANGE },
  {
    name: 'it has not caught up since its server started',
    arrange: async ({ replica }) => {
      await withFunctions(replica, 'sed -i /^reached=/d "$STATE/memory"', { container: 'mysql' });
    },
    notReady: /^still catching up/,
    undo: NO_CHANGE,
  },
  {
    name: 'it lags more than maxLag',
    arrange: lag,
    environment: { MAX_LAG: '0s' },
    notReady: /^\d+ s behind the primary, more than replication\.maxLag \(0s\)/,
    undo: catchUp,
  },
  { name: 'it lags less than maxLag', arrange: lag, undo: catchUp },
  {
    name: 'nobody has started replication yet',
    arrange: restart,
    notReady: /^replication does not apply changes/,
    donor: false,
    undo: NO_CHANGE,
  },
  { name: 'the primary is gone for a minute', arrange: gone(MINUTE_S, 60 * MINUTE_S), role: 'replica', undo: primaryBack },
  {
    name: 'the primary is gone for longer than maxSourceSilence',
    arrange: gone(11 * MINUTE_S, 60 * MINUTE_S),
    notReady: SILENT,
    role: 'detached',
    undo: primaryBack,
  },
  {
    name: 'the same, and its server has just started: an upgrade gets past it, readers do not',
    arrange: gone(11 * MINUTE_S, MINUTE_S),
    role: 'detached',
    undo: primaryBack,
  },
  {
    name: 'the same, and a wrong clock wrote of a touch that is yet to come',
    arrange: gone(-60 * MINUTE_S, 60 * MINUTE_S),
    notReady: SILENT,
    role: 'detached',
    undo: primaryBack,
  },
  {
    name: 'packets to the primary are lost',
    arrange: async (passes) => {
      await note(passes, '$INSTANCE/in-touch', MINUTE_S);
      await lostPackets(passes);
    },
    undo: foundPackets,
  },
  {
    name: 'packets to the primary were lost before there was any touch',
    arrange: async (passes) => {
      await note(passes, '$INSTANCE/in-touch', MINUTE_S);
      await note(passes, '$STATE/started', 0);
      await lostPackets(passes);
    },
    notReady: /^not connected to the primary yet/,
    undo: foundPackets,
  },
];

async function restart({ replica }: Passes): Promise<void> {
  await replica.container('mysql').kill();
  await replica.startServer();
}

let made: Promise<Passes> | undefined;

function stateRow({ name, arrange, environment, notReady, donor = true, role, undo }: State): Row {
  return {
    name,
    run: async () => {
      const passes = await (made ??= startPasses('mariadb-11.8'));
      const { replica } = passes;
      await arrange(passes);
      const ready = await replica.probe('ready', environment);
      assert.is(ready.status, notReady === undefined ? 0 : 1, ready.output);
      if (notReady !== undefined) assert.match(ready.output, notReady);
      assert.is((await replica.probe('alive')).status, 0, 'alive');
      assert.is((await replica.probe('donor')).status, donor ? 0 : 1, 'donor');
      if (role !== undefined) {
        await pass(passes);
        const labels = passes.release.api.pods.get(replica.name);
        assert.is(labels?.['mysql-sts/role'], role);
        assert.is(labels?.['mysql-sts/readable'], String(role === 'replica'));
      }
      await undo(passes);
      await settled(passes);
      assert.is((await replica.probe('ready')).status, 0, 'it found back');
    },
  };
}

const PRIMARY: Row = {
  name: 'a primary is ready when it is writable',
  run: async () => {
    const { primary } = await (made ??= startPasses('mariadb-11.8'));
    await primary.container('agent').kill();
    await forgetVerdict(primary);
    assert.is((await primary.probe('ready')).status, 0);
    await sql(primary, 'SET GLOBAL read_only = ON');
    const { status, output } = await primary.probe('ready');
    assert.is(status, 1);
    assert.match(output, /^the primary is still read-only/);
    assert.is((await primary.probe('alive')).status, 0);
  },
};

/** A container that has been started, and its server a moment later. */
const STARTED: Row = {
  name: 'a server that is started is waited for, and then its agent',
  run: async () => {
    const { primary, replica } = await (made ??= startPasses('mariadb-11.8'));
    await sql(primary, 'SET GLOBAL read_only = OFF');
    await replica.container('mysql').kill();
    replica.launch('mysql', { command: ['sleep', 'infinity'], image: 'server', mounts: [] });
    const early = await replica.probe('started 1');
    assert.is(early.status, 1);
    assert.match(early.output, /^the server does not answer on its socket/);
    await replica.container('mysql').kill();
    await replica.startServer();
    assert.match((await replica.probe('ready')).output, /^replication does not apply changes/);
    assert.is((await replica.probe('started 1')).status, 0, 'a server without an agent has been started all the same');
    replica.start('agent');
    assert.is((await replica.probe('started 20')).status, 0);
    assert.is((await replica.probe('ready')).status, 0);
    await replica.container('agent').kill();
    assert.is((await primary.probe('started 1')).status, 0);
  },
};

table('the readiness of a replica', [...STATES.map(stateRow), PRIMARY, STARTED], { after: async () => (await made)?.release.remove() });
table('probes whose password changes', [rotationRow('mysql-9.7'), rotationRow('mariadb-11.8')], { parallel: 2 });
