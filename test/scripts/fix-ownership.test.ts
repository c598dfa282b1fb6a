/** fix-ownership.sh, which runs as root, and what a pod says whose volume is not its own. */

import { chmod, chown, mkdir, stat, writeFile } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import type { InitOutcome, Pod } from './harness/pod.ts';
import { withRelease } from './harness/release.ts';
import { table, type Row } from './harness/table.ts';

const MYSQL = { engine: 'mysql-9.7', method: 'plugin' } as const;
const OWNER = { VOLUME_OWNER: '999:999' };

/** The folder as `mkdir` by root leaves it. */
async function makeByRoot(pod: Pod): Promise<void> {
  await chown(pod.path('volume'), 0, 0);
  await chmod(pod.path('volume'), 0o755);
}

async function ownerOf(path: string): Promise<string> {
  const { uid, gid } = await stat(path);
  return `${uid}:${gid}`;
}

function refused({ status, message, output }: InitOutcome, sentence: RegExp): void {
  assert.is(status, 1, output);
  assert.match(message, sentence, message);
}

function row(name: string, run: (pod: Pod) => Promise<void>, environment: Readonly<Record<string, string>> = {}): Row {
  return { name, run: () => withRelease({ ...MYSQL, environment }, async (release) => run(await release.pod(1))) };
}

async function giveAway(pod: Pod): Promise<void> {
  await makeByRoot(pod);
  await mkdir(pod.path('volume', 'lost+found'));
  assert.is((await pod.run('init-mysql')).status, 1);
  const { status, output } = await pod.run('fix-ownership', OWNER);
  assert.is(status, 0, output);
  assert.match(output, "the volume's folder belonged to 0:0 and is now the server's, 999:999");
  assert.is(await ownerOf(pod.path('volume')), '999:999');
  assert.is(await ownerOf(pod.path('volume', 'lost+found')), '0:0');
  assert.is((await pod.run('init-mysql')).status, 0);
}

async function leaveAlone(pod: Pod): Promise<void> {
  await chown(pod.path('volume'), 999, 999);
  await writeFile(pod.path('volume', 'file'), '');
  const { status, output } = await pod.run('fix-ownership', OWNER);
  assert.is(status, 0, output);
  assert.is(output, '');
}

/** A data directory as a server of another user leaves it, which root may read only as its owner. */
async function giveData(pod: Pod): Promise<void> {
  await chown(pod.path('volume'), 999, 999);
  const folder = pod.path('volume', 'data', 'shop');
  await mkdir(folder, { recursive: true });
  for (const file of ['data/ibdata1', 'data/shop/orders.ibd', 'other']) await writeFile(pod.path('volume', ...file.split('/')), '');
  for (const path of ['data/shop/orders.ibd', 'data/shop', 'data/ibdata1', 'data']) {
    await chmod(pod.path('volume', ...path.split('/')), path.includes('.') || path.endsWith('1') ? 0o640 : 0o700);
    await chown(pod.path('volume', ...path.split('/')), 1001, 1001);
  }
  const { status, output } = await pod.run('fix-ownership', { ...OWNER, ADOPT_FOLDER: 'data' });
  assert.is(status, 0, output);
  assert.match(
    output,
    "the data directory in the folder data belonged to 1001:1001 and is now the server's; chown -R 1001:1001 gives it back",
  );
  for (const path of ['data', 'data/shop', 'data/ibdata1', 'data/shop/orders.ibd'])
    assert.is(await ownerOf(pod.path('volume', ...path.split('/'))), '999:999', path);
  assert.is(await ownerOf(pod.path('volume', 'other')), '0:999');
  assert.is((await pod.run('fix-ownership', { ...OWNER, ADOPT_FOLDER: 'data' })).output, '');
}

async function failToGiveAway(pod: Pod): Promise<void> {
  await makeByRoot(pod);
  // The server's user may give nothing away, as root may not over NFS with root_squash.
  const command = ['bash', '/opt/mysql-sts/run/fix-ownership.sh'];
  const container = pod.launch('fix-ownership', { command, image: 'server', mounts: [] }, OWNER);
  const outcome = await container.end();
  refused(
    { ...outcome, message: container.message },
    /^The volume's folder belongs to 0:0 and its owner cannot be changed from here: Operation not permitted\. .*root_squash.*chown 999:999 on the folder/,
  );
}

const PLACE = { VOLUME_FOLDER: '/data/k8s/my sql/mysql-datadir-%d', VOLUME_FIRST_INDEX: '1', VOLUME_HOST: '10.1.0.38' };

table('fix-ownership', [
  row("a folder that root made becomes the server's; what lies in it stays as it is", giveAway),
  row('a folder of the right owner is left alone without a word', leaveAlone),
  row("a data directory that shall be taken over becomes the server's, with all that is in it", giveData),
  row('an owner that cannot be changed is explained', failToGiveAway),
  row('a security context without a user is explained', async (pod) => {
    refused(await pod.run('fix-ownership', { VOLUME_OWNER: ':999' }), /pod\.securityContext must say with runAsUser and runAsGroup/);
  }),
  row(
    'without it, the pod names the command, the folder and the machine',
    async (pod) => {
      await makeByRoot(pod);
      refused(await pod.run('init-mysql'), /: chown 999:999 \/data\/k8s\/my\\ sql\/mysql-datadir-2 on 10\.1\.0\.38\. /);
    },
    PLACE,
  ),
]);
