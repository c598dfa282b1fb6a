/** The runbook's commands, each after the state that it is for was brought about. */

import assert from 'node:assert/strict';
import { untilReplicating } from '../e2e/support/condition.ts';
import { attempt } from '../e2e/support/process.ts';
import { say, untilHolds } from '../e2e/support/progress.ts';
import { SMALL, type Release } from '../e2e/support/release.ts';
import { scenario } from '../e2e/support/scenario.ts';
import { AppClient, podSql, replicaStatus } from '../e2e/support/sql.ts';
import { kubectl } from '../e2e/support/kubernetes.ts';
import { writeRows } from '../e2e/support/writer.ts';
import { commandsOf, type Commands } from './commands.ts';
import { Shell } from './shell.ts';

/** What happens before a section's commands, and what holds after them. */
interface Course {
  readonly before?: (release: Release) => Promise<unknown>;
  readonly after?: (release: Release) => Promise<unknown>;
}

const ERRANT = 'SET GLOBAL super_read_only = OFF; CREATE TABLE app.errant (id INT PRIMARY KEY); SET GLOBAL super_read_only = ON';

/** A table that somebody made on the replica, and that the primary makes as well. */
async function breakApplier(release: Release): Promise<void> {
  const table = 'CREATE TABLE app.leftover (id INT PRIMARY KEY)';
  await podSql(release, 'mysql-sts-1', `SET GLOBAL super_read_only = OFF; SET SESSION sql_log_bin = 0; ${table}; SET GLOBAL super_read_only = ON`);
  await podSql(release, 'mysql-sts-0', table);
  await untilReplicating(release, 1, 'ApplyFailed');
}

/** A connection that exists outlives a password, so the replica has to make a new one. */
const connectAnew = (release: Release): Promise<unknown> => podSql(release, 'mysql-sts-1', 'STOP REPLICA IO_THREAD; START REPLICA IO_THREAD');

async function refuseReplica(release: Release): Promise<void> {
  await podSql(release, 'mysql-sts-0', "ALTER USER replication@'%' IDENTIFIED BY 'of somebody else'");
  await connectAnew(release);
  await untilReplicating(release, 1, 'CredentialsRefused');
}

const COURSES: Readonly<Record<string, Course>> = {
  StoppedByHand: {
    before: async (release) => {
      await podSql(release, 'mysql-sts-1', 'STOP REPLICA');
      await untilReplicating(release, 1, 'StoppedByHand');
    },
    after: (release) => untilReplicating(release, 1, 'Replicating'),
  },
  ErrantTransactions: {
    before: async (release) => {
      await podSql(release, 'mysql-sts-1', ERRANT);
      await untilReplicating(release, 1, 'ErrantTransactions');
    },
    after: (release) => untilReplicating(release, 1, 'Replicating'),
  },
  ApplyFailed: { before: breakApplier, after: (release) => untilReplicating(release, 1, 'Replicating') },
  CredentialsRefused: { before: refuseReplica, after: (release) => untilReplicating(release, 1, 'Replicating') },
  "The primary's volume is lost": { before: losePrimary },
  'Change passwords': { after: withNewPasswords },
};

async function withNewPasswords(release: Release): Promise<void> {
  await untilHolds('the new password to reach the servers', 300, async () => {
    await assert.doesNotReject(new AppClient(release, release.access.primary).connect().then(({ close }) => { close(); }));
  });
  await connectAnew(release);
  await untilHolds('a connection with the new password', 300, async () => {
    assert.equal((await replicaStatus(release, 'mysql-sts-1')).get('Replica_IO_Running'), 'Yes');
  });
  await untilReplicating(release, 1, 'Replicating');
}

async function losePrimary({ namespace }: Release): Promise<void> {
  await kubectl(namespace, ['delete', 'pvc/data-mysql-sts-0', '--wait=false']);
  await kubectl(namespace, ['delete', 'pod/mysql-sts-0']);
  await untilHolds('the refusal of the primary', 300, async () => {
    const { stdout } = await attempt('kubectl', ['--namespace', namespace, 'logs', 'mysql-sts-0', '--container', 'init-mysql']);
    assert.match(stdout, /The primary's volume is empty, but data of this release exists/);
  });
}

function sections(commands: readonly Commands[]): ReadonlyMap<string, readonly Commands[]> {
  const names = [...new Set(commands.map(({ section }) => section))];
  return new Map(names.map((name) => [name, commands.filter(({ section }) => section === name)]));
}

scenario('docs', (step) => {
  const commands = commandsOf('runbook.md');
  const current: { release?: Release; shell?: Shell } = {};

  step('installs the release that the runbook speaks of', async (world) => {
    assert.ok(commands.length > 0);
    for (const name of Object.keys(COURSES)) assert.ok(sections(commands).has(name), `the runbook has no section ${name}`);
    current.release = await world.install('mysql-sts', SMALL);
    current.shell = await Shell.start(world.namespace);
    await writeRows(current.release, 100);
  });

  for (const [name, blocks] of sections(commands)) {
    step(`the runbook's commands: ${name || 'before the first section'}`, async () => {
      const { release, shell } = current;
      assert.ok(release !== undefined && shell !== undefined);
      await COURSES[name]?.before?.(release);
      for (const { text, skipped } of blocks) {
        if (skipped === undefined) await shell.run(text);
        for (const line of text.split('\n')) say(`       ${skipped === undefined ? 'executed' : 'NOT RUN '}  ${line}`);
        if (skipped !== undefined) say(`                 (${skipped})`);
      }
      await COURSES[name]?.after?.(release);
      await writeRows(release, 20);
    });
  }
});
