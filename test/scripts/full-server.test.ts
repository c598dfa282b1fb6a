/**
 * Clients hold every connection of the primary. It stays Ready for those who are in, its agent goes on, the administrator gets in, and a
 * replica that finds no place keeps its own readers. The rows of an engine share one release, one after the other.
 */

import * as assert from 'uvu/assert';
import { words } from './harness/disturbances.ts';
import { fill, isFull, leave } from './harness/crowd.ts';
import { pass, replicating, settled, startPasses, untilStatus, type Passes } from './harness/passes.ts';
import { withFunctions } from './harness/shell.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { forgetVerdict } from './harness/verdict.ts';
import { until } from './harness/wait.ts';
import type { Pod } from './harness/pod.ts';

const ENGINES = ['mysql-9.7', 'mysql-5.7', 'mariadb-11.8'] as const;

async function untilVerdict(pod: Pod): Promise<void> {
  const left = async (): Promise<boolean> => (await withFunctions(pod, '[[ -f $STATE/verdict ]]', { container: 'mysql' })).status === 0;
  await until('the agent has left a verdict', left, { why: () => pod.container('agent').tail });
}

async function primaryIsReady({ primary }: Passes, when: string): Promise<void> {
  const { status, output } = await primary.probe('ready');
  assert.is(status, 0, `${when}: ${output}`);
  assert.is((await primary.probe('alive')).status, 0, when);
}

async function withAnAgent(passes: Passes): Promise<void> {
  await forgetVerdict(passes.primary);
  await untilVerdict(passes.primary);
  await primaryIsReady(passes, 'the agent has a connection');
}

async function withoutAnAgent(passes: Passes): Promise<void> {
  const { primary } = passes;
  await primary.container('agent').kill();
  await forgetVerdict(primary);
  await fill(primary);
  await primaryIsReady(passes, 'nobody but the probe asks');
}

/** The server keeps one place for administrators, and the agent is one. It must not hold it from one pass to the next. */
async function administrator({ primary }: Passes): Promise<void> {
  primary.start('agent');
  await untilVerdict(primary);
  assert.ok(await isFull(primary), 'clients hold every connection');
  let entered = 0;
  let refusal = '';
  for (let count = 0; count < 10; count += 1) {
    await sql(primary, 'SELECT SLEEP(0.2)').then(
      () => (entered += 1),
      (error: unknown) => (refusal = String(error)),
    );
  }
  assert.ok(entered >= 5, `the administrator got in ${entered} times of 10: ${refusal}`);
}

/** Pools come back before the agent does. */
async function restarted(passes: Passes): Promise<void> {
  const { primary } = passes;
  await primary.container('agent').kill();
  await primary.container('mysql').stop();
  await primary.configure('[mysqld]\nmax_connections = 12\n');
  await primary.initialise();
  await primary.startServer();
  await fill(primary);
  primary.start('agent');
  await primary.ready(60);
  assert.ok(await isFull(primary), 'clients hold every connection');
}

async function receiver(passes: Passes): Promise<void> {
  const { replica } = passes;
  await sql(replica, words(passes).stop);
  await fill(passes.primary);
  await sql(replica, words(passes).start);
  await untilStatus(passes, /Last_IO_Errno: 1040/);
  const { output } = await pass(passes);
  assert.is(replicating(passes), 'OutOfTouch', output);
  await forgetVerdict(replica);
  const ready = await replica.probe('ready');
  assert.is(ready.status, 0, ready.output);
}

async function afterwards(passes: Passes): Promise<void> {
  await leave(passes.primary);
  await settled(passes);
  assert.is((await passes.replica.probe('ready')).status, 0);
  await primaryIsReady(passes, 'clients have left');
}

for (const engine of ENGINES) {
  let made: Promise<Passes> | undefined;
  const full = async (): Promise<Passes> => {
    const passes = await startPasses(engine);
    await sql(passes.primary, 'SET GLOBAL max_connections = 12');
    await fill(passes.primary);
    return passes;
  };
  const row = (name: string, check: (passes: Passes) => Promise<void>): Row => ({
    name: `${engine}: ${name}`,
    run: async () => check(await (made ??= full())),
  });
  table(
    `${engine}, whose clients hold every connection`,
    [
      row('the primary is ready by the word of its agent', withAnAgent),
      row('the primary is ready when the probe has to ask', withoutAnAgent),
      row('an agent that starts now lets the administrator in', administrator),
      row('a primary that is started again opens though its clients were faster', restarted),
      row('a replica whose receiver finds no place stays ready', receiver),
      row('all is as before when they have left', afterwards),
    ],
    { after: async () => (await made)?.release.remove() },
  );
}
