/** An instance that has its record is complete, also when the power fails at once: all of it is on the disk before. */

import * as assert from 'uvu/assert';
import { Disk } from './harness/disk.ts';
import { startDonor } from './harness/donor.ts';
import { defaultMethod } from './harness/prepared.ts';
import { withRelease, type Release } from './harness/release.ts';
import { table, type Row } from './harness/table.ts';
import { entries, exists } from './harness/volumes.ts';
import type { EngineName } from '../../schema/engines.ts';

/** Lets a pod come as far as its record, and looks at its disk. */
async function checkStaging(release: Release, ordinal: number): Promise<void> {
  const pod = await release.pod(ordinal);
  const disk = await Disk.under(pod);
  release.api.disturb = (call) => (call.method === 'PATCH' ? 500 : 'none');
  const init = await pod.run('init-mysql');
  const last = ordinal === 0 ? init : await pod.run('clone-mysql');
  assert.match(last.message, /could not be annotated/, last.output);
  assert.ok(exists(pod, 'staging', 'record'));
  assert.equal(await disk.endangered('staging'), []);
  assert.equal(entries(pod), ['staging']);
}

function firstRow(engine: EngineName): Row {
  return {
    name: `${engine}: the first instance`,
    run: () => withRelease({ engine, method: defaultMethod(engine) }, (release) => checkStaging(release, 0)),
  };
}

const COPY = { engine: 'mariadb-11.8', method: 'mariadb-backup' } as const;
const COPY_ROW: Row = {
  name: 'mariadb-11.8: a copy by mariadb-backup',
  run: () =>
    withRelease(COPY, async (release) => {
      await startDonor(release, COPY);
      await checkStaging(release, 1);
    }),
};

table('power cuts', [firstRow('mysql-9.7'), firstRow('mariadb-11.8'), COPY_ROW], { parallel: 2 });
