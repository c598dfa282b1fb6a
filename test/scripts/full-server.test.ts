/** Clients hold every connection of a server, and its agent may be silent: what the probes say then, and who still gets in. */

import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { defaultMethod, restorePrimary } from './harness/prepared.ts';
import { withRelease } from './harness/release.ts';
import { withFunctions } from './harness/shell.ts';
import { sql, sqlAs } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { until } from './harness/wait.ts';
import { pass, settled, startPasses } from './harness/passes.ts';
import type { Pod } from './harness/pod.ts';

const PLACES = 12;
const HOLD = 'SELECT SLEEP(300) AS held;';

async function fill(pod: Pod): Promise<void> {
  const { app } = pod.release.passwords;
  for (let count = 0; count < PLACES; count += 1) void sqlAs(pod, { user: 'app', password: app }, HOLD).catch(() => undefined);
  let last = '';
  const refused = async (): Promise<boolean> => {
    const { status, output } = await sqlAs(pod, { user: 'app', password: app }, 'SELECT 1');
    last = output;
    return status !== 0 && output.includes('1040');
  };
  await until('no client gets in any more', refused, { seconds: 20, why: () => last });
}

/** So many seconds ago, by the agent's own clock. */
async function age(pod: Pod, file: string, seconds: number): Promise<void> {
  const code = `read_uptime; read -r _ rest < "${file}" || true; printf '%s %s\\n' "$((UPTIME - ${String(seconds)}))" "$rest" > "${file}"`;
  const { status, output } = await withFunctions(pod, code, { container: 'mysql' });
  assert.is(status, 0, output);
}

function fullRow(engine: EngineName): Row {
  return {
    name: `${engine}: clients hold every connection: the primary stays Ready, and an administrator gets in`,
    run: () =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        const pod = await restorePrimary(release);
        await pod.configure(`[mysqld]\nmax_connections = ${String(PLACES)}\n`);
        await pod.initialise();
        await pod.startReady();
        await fill(pod);
        await pod.container('agent').says(/carries the role/);
        for (let count = 0; count < 5; count += 1) assert.is((await pod.probe('ready')).status, 0, 'by the word of its agent');
        assert.is((await pod.probe('alive')).status, 0);
        assert.is(await sql(pod, 'SELECT 1'), '1', 'the place of the administrator');
        await pod.container('agent').kill();
        await withFunctions(pod, 'rm "$STATE/verdict"', { container: 'mysql' });
        const alone = await pod.probe('ready');
        assert.is(alone.status, 0, `by a question in the place of the administrator: ${alone.output}`);
        pod.start('agent');
        await until('the agent is back', async () => (await pod.probe('ready')).status === 0);
        assert.is((await pod.probe('alive')).status, 0);
      }),
  };
}

const SILENT: Row = {
  name: 'mariadb-11.8: a replica whose agent is silent is not Ready and says why; one that is stuck is told so; why.sh names the row',
  run: async () => {
    const passes = await startPasses('mariadb-11.8');
    const { replica, primary, release } = passes;
    try {
      await settled(passes);
      await pass(passes);
      const why = await replica.container('mysql').exec(['bash', '/opt/mysql-sts/run/why.sh']);
      assert.is(why.status, 0, why.output);
      assert.match(why.output, /^row +replicating\nstate +Replicating\ndecision +note-touch\n/);
      assert.match(why.output, /\n {2}io +yes\n/);
      assert.is((await replica.probe('ready')).status, 0);
      await age(replica, '$RUN/heartbeat', 90);
      await withFunctions(replica, 'echo $(($(now) - 3600)) > "$STATE/started"', { container: 'mysql' });
      const silent = await replica.probe('ready');
      assert.is(silent.status, 1, silent.output);
      assert.match(silent.output, /^the agent has finished no pass for \d+ s/);
      assert.is((await replica.probe('agent')).status, 0, 'it is not taken for stuck yet');
      await age(replica, '$RUN/heartbeat', 130);
      assert.match((await replica.probe('agent')).output, /^the agent has begun no pass for 13\d s/);
      assert.is((await primary.probe('agent')).status, 0);
      await pass(passes);
      assert.is((await replica.probe('ready')).status, 0, 'it found back');
    } finally {
      await release.remove();
    }
  },
};

table('a full server and a silent agent', [fullRow('mysql-9.7'), fullRow('mariadb-11.8'), SILENT], { parallel: 2 });
