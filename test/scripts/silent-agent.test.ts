/** An agent that makes no passes: what the probes say of its pod, and what why.sh says of its last pass. */

import * as assert from 'uvu/assert';
import { pass, settled, startPasses } from './harness/passes.ts';
import type { Pod } from './harness/pod.ts';
import { withFunctions } from './harness/shell.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';

/** So many seconds ago, by the agent's own clock. */
async function age(pod: Pod, file: string, seconds: number): Promise<void> {
  const code = `read_uptime; read -r _ rest < "${file}" || true; printf '%s %s\\n' "$((UPTIME - ${String(seconds)}))" "$rest" > "${file}"`;
  const { status, output } = await withFunctions(pod, code, { container: 'mysql' });
  assert.is(status, 0, output);
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

/** Its agent's last word is old, so the probe asks the server itself. */
async function silence(pod: Pod): Promise<void> {
  await pod.container('agent').kill();
  await age(pod, '$RUN/heartbeat', 90);
  const { status, output } = await withFunctions(pod, 'echo $(($(now) - 3600)) > "$STATE/started"; rm -f "$STATE/verdict"', {
    container: 'mysql',
  });
  assert.is(status, 0, output);
}

const SILENT_PRIMARY: Row = {
  name: 'mysql-9.7: a primary whose agent is silent keeps its clients while it is writable, and names the agent when it is not',
  run: async () => {
    const { primary, release } = await startPasses('mysql-9.7');
    try {
      await silence(primary);
      const writable = await primary.probe('ready');
      assert.is(writable.status, 0, writable.output);
      await sql(primary, 'SET GLOBAL super_read_only = ON');
      const closed = await primary.probe('ready');
      assert.is(closed.status, 1);
      assert.match(closed.output, /^the agent has finished no pass for \d+ s, .*kubectl logs/);
      assert.is((await primary.probe('alive')).status, 0, 'the server is not restarted for its agent');
      primary.start('agent');
      await primary.ready(60);
    } finally {
      await release.remove();
    }
  },
};

table('a silent agent', [SILENT, SILENT_PRIMARY], { parallel: 2 });
