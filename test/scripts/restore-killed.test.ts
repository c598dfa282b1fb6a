/** A restore that is stopped at each of its steps begins again and ends with the same rows, in one cluster. */

import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { killedAt } from './harness/backups.ts';
import type { Pod } from './harness/pod.ts';
import { KEY, SUM, preparedBackup, shelfWithBackup } from './harness/prepared-backup.ts';
import { withRelease } from './harness/release.ts';
import { mountShelf } from './harness/shelf.ts';
import { sql } from './harness/sql.ts';
import { table, type Row } from './harness/table.ts';
import { entries, record } from './harness/volumes.ts';

/** Ends the first start of the pod, and says whether the second one finds all done but the name. */
type Stop = (pod: Pod) => Promise<void>;

const killed =
  (words: string): Stop =>
  (pod) =>
    killedAt(pod.start('init-mysql'), words);

/** The API takes no annotation, so the instance gets no name. */
const unpublished: Stop = async (pod) => {
  pod.release.api.disturb = ({ method }) => (method === 'PATCH' ? 500 : 'none');
  const { status, message } = await pod.run('init-mysql', {}, 120);
  assert.is(status, 1);
  assert.match(message, /could not be annotated .*The data is ready in the folder staging/);
  pod.release.api.disturb = () => 'none';
};

function row(engine: EngineName, name: string, stop: Stop): Row {
  return {
    name: `${engine}: a restore that is stopped ${name} goes on`,
    run: async () => {
      const backup = await preparedBackup(engine);
      await withRelease(backup.options, async (release) => {
        const pod = await release.pod(0);
        await mountShelf(pod, await shelfWithBackup(backup), {
          lines: { release: `${backup.name}/db`, cluster: backup.cluster, backup: backup.id },
          secrets: KEY,
        });
        await stop(pod);
        assert.not.ok(entries(pod).includes('instance'), 'an instance was made');
        const { status, output } = await pod.run('init-mysql', {}, 120);
        assert.is(status, 0, output);
        assert.equal(entries(pod), ['instance']);
        assert.is(record(pod)['restored'], backup.id);
        assert.is(release.api.claims.get('data-db-0')?.['mysql-sts/generation'], '2');
        await pod.startReady();
        assert.is(await sql(pod, SUM), backup.sum);
        await neverAgain(pod);
      });
    },
  };
}

/** The next start finds its data and looks at no backup. */
async function neverAgain(pod: Pod): Promise<void> {
  await sql(pod, 'DELETE FROM app.kept');
  await pod.container('agent').kill();
  await pod.container('mysql').stop();
  const { status, output } = await pod.run('init-mysql');
  assert.is(status, 0, output);
  assert.not.match(output, 'restoring the backup');
  await pod.startReady();
  assert.is(await sql(pod, 'SELECT COUNT(*) FROM app.kept'), '0');
}

const STOPS: Readonly<Record<string, Stop>> = {
  'while it fetches': killed('fetching the backup'),
  'while it unpacks': killed('unpacking the backup'),
  'after its server has been given new accounts': killed('the accounts and their privileges are up to date'),
  'before it has its name': unpublished,
};

const rows = Object.entries(STOPS).map(([name, stop]) => row('mariadb-11.8', name, stop));

table(
  'restore killed',
  [...rows, row('mysql-9.7', 'after its server has been given new accounts', killed('the accounts and their privileges are up to date'))],
  {
    parallel: 2,
  },
);
