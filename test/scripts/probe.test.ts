/** The probes' own account: a changed password reaches the Secret and the server at different times, in either order. */

import * as assert from 'uvu/assert';
import { defaultMethod, startPrimary } from './harness/prepared.ts';
import { withRelease } from './harness/release.ts';
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

table('probes whose password changes', [rotationRow('mysql-9.7'), rotationRow('mariadb-11.8')], { parallel: 2 });
