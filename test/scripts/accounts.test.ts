/** What the server notes of its accounts is gone: the agent of a primary that accepts writes makes the accounts again within a pass. */

import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { defaultMethod, startPrimary } from './harness/prepared.ts';
import { withRelease } from './harness/release.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';

function row(engine: EngineName): Row {
  return {
    name: `${engine}: somebody deletes the note of the accounts`,
    run: () =>
      withRelease({ engine, method: defaultMethod(engine) }, async (release) => {
        const pod = await startPrimary(release);
        const after = pod.container('agent').log.length;
        await sql(pod, 'DELETE FROM mysql_sts.accounts');
        await pod.container('agent').says('the accounts and their privileges are up to date', { after, seconds: 20 });
        assert.is(await sql(pod, 'SELECT COUNT(*) FROM mysql_sts.accounts'), '1');
      }),
  };
}

table('accounts', [row('mysql-9.7'), row('mariadb-11.8')]);
