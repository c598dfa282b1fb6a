/** Backups on bad days: whatever is stopped, away or spoilt, what counts as a backup is whole, and the good ones stay. */

import { readFile, writeFile } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import { copyForBackup, jobPod, killedAt, stored } from './harness/backups.ts';
import { ISLAND_ROOT } from './harness/island.ts';
import type { InitOutcome, Pod } from './harness/pod.ts';
import { startPrimary } from './harness/prepared.ts';
import { podWithCopy, preparedBackup, type PreparedBackup } from './harness/prepared-backup.ts';
import { withRelease, type Release } from './harness/release.ts';
import { bucketShelf, folderShelf, type Shelf } from './harness/shelf.ts';
import { table, type Row } from './harness/table.ts';
import { exists } from './harness/volumes.ts';

interface Place {
  readonly release: Release;
  readonly shelf: Shelf;
  readonly prepared: PreparedBackup;
}

function row(name: string, run: (place: Place) => Promise<void>, make: () => Promise<Shelf> = folderShelf): Row {
  return {
    name,
    run: async () => {
      const prepared = await preparedBackup('mariadb-11.8');
      const shelf = await make();
      try {
        await withRelease(prepared.options, (release) => run({ release, shelf, prepared }));
      } finally {
        await shelf.close().catch(() => undefined);
      }
    },
  };
}

const manifests = async ({ release, shelf }: Place): Promise<readonly string[]> =>
  (await stored(release, shelf)).filter((file) => file.endsWith('/manifest.json'));

/** Makes a backup of the prepared copy. */
async function next({ release, shelf, prepared }: Place, environment: Readonly<Record<string, string>> = {}): Promise<InitOutcome> {
  const pod = await podWithCopy(release, shelf, prepared);
  return pod.run('backup', environment, 120);
}

async function succeeds(place: Place, environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const { status, output } = await next(place, environment);
  assert.is(status, 0, output);
  return /the backup (\S+) is complete/.exec(output)?.[1] ?? '';
}

/** A run that ends while it does what it says leaves nothing that counts, and the next one is not held up. */
async function killedWhile(place: Place, words: string): Promise<void> {
  const pod = await podWithCopy(place.release, place.shelf, place.prepared);
  await killedAt(pod.start('backup'), words);
  assert.equal(await manifests(place), []);
  const id = await succeeds(place);
  const found = await manifests(place);
  assert.is(found.length, 1);
  assert.match(found[0] ?? '', id);
}

/** The server of S3 dies while files are on their way, and comes back: what has no answer is sent again. */
async function storageDies(place: Place): Promise<void> {
  const pod = await podWithCopy(place.release, place.shelf, place.prepared);
  const container = pod.start('backup');
  await container.says('storing the backup');
  await place.shelf.close();
  assert.equal(await manifests(place), []);
  await place.shelf.reopen();
  const { status, output } = await container.end(120);
  assert.is(status, 0, output);
  assert.is((await manifests(place)).length, 1);
}

async function storageIsAway({ release, shelf }: Place): Promise<void> {
  await shelf.close();
  const pod = await jobPod(release, shelf);
  const { status, message } = await pod.run('copy-backup', {}, 60);
  assert.is(status, 1);
  assert.match(message, /^The bucket backups at https:\S+ cannot be listed: /);
  assert.not.ok(exists(pod, 'staging'), 'a donor was asked');
}

async function wrongKeys({ release, shelf }: Place): Promise<void> {
  const pod = await jobPod(release, shelf, { secrets: { 'secret-key': 'wrong' } });
  const { status, message } = await pod.run('copy-backup', {}, 60);
  assert.is(status, 1);
  assert.match(message, /StatusCode: 403/);
}

async function unknownAuthority({ release, shelf }: Place): Promise<void> {
  const pod = await jobPod(release, shelf, { secrets: { 'authority.crt': '' } });
  const { status, message } = await pod.run('copy-backup', {}, 60);
  assert.is(status, 1);
  assert.match(message, /certificate signed by unknown authority/);
}

async function copyKilled({ release, shelf }: Place): Promise<void> {
  await startPrimary(release);
  const pod = await jobPod(release, shelf);
  await killedAt(pod.start('copy-backup', { BACKUP_FROM: 'primary' }), 'preparing the copy');
  await copyForBackup(release, shelf, { environment: { BACKUP_FROM: 'primary' } });
}

async function noDonor({ release, shelf }: Place): Promise<void> {
  const pod = await jobPod(release, shelf);
  const { status, message } = await pod.run('copy-backup', { BACKUP_FROM: 'replica', BACKUP_DEADLINE: '2s' }, 60);
  assert.is(status, 1);
  assert.match(message, /^No copy could be made for the backup in half of 2s \(value backup\.deadline\)\. db-read: /);
}

/** A copy without its system tables is none, however well it was copied. */
async function copyIsBroken(place: Place): Promise<void> {
  const pod = await podWithCopy(place.release, place.shelf, place.prepared);
  await place.release.island.run('rm', '-rf', `${ISLAND_ROOT}/${place.release.name}/${pod.name}/volume/staging/data/ibdata1`);
  const { status, message, output } = await pod.run('backup', {}, 120);
  assert.is(status, 1, output);
  assert.match(message, /^The copy does not start as a server, so it is no backup/);
  assert.equal(await manifests(place), []);
}

/** Of two runs at a time each has a folder of its own. */
async function twoAtOnce(place: Place): Promise<void> {
  const { release, shelf, prepared } = place;
  const pods: readonly Pod[] = [await podWithCopy(release, shelf, prepared), await podWithCopy(release, shelf, prepared, { ordinal: 98 })];
  const outcomes = await Promise.all(pods.map((pod) => pod.run('backup', { POD_NAME: 'db-99' }, 120)));
  for (const { status, output } of outcomes) assert.is(status, 0, output);
  assert.is((await manifests(place)).length, 2);
}

const STRICT = { KEEP_LAST: '1', KEEP_FOR: '1s' };

async function retention(place: Place): Promise<void> {
  const first = await succeeds(place, STRICT);
  const second = await succeeds(place, STRICT);
  const found = await stored(place.release, place.shelf);
  assert.ok(found.length > 10 && found.every((file) => file.includes(second)), `${first} is not gone`);
  const catalogue = JSON.stringify(place.release.api.configMaps.get('db-backups'));
  assert.match(catalogue, second);
  assert.not.match(catalogue, first);
  assert.match(catalogue, 'verified=no');
}

/** Where the list may not be all that there is, or a clock is wrong, nothing is deleted. */
async function doubt(place: Place, change: (manifest: string) => string): Promise<void> {
  const first = await succeeds(place, STRICT);
  const file = (await manifests(place))[0] ?? '';
  const path = place.release.island.path(place.shelf.folder.slice(ISLAND_ROOT.length), file);
  await writeFile(path, change(await readFile(path, 'utf8')));
  await succeeds(place, STRICT);
  const found = await manifests(place);
  assert.is(found.length, 2);
  assert.ok(found.some((one) => one.includes(first)));
}

const later = (manifest: string): string => manifest.replace(/"seconds": "\d+"/, `"seconds": "${Math.floor(Date.now() / 1000) + 86_400}"`);

/** A folder without a manifest is removed when no run can be at it any more. */
async function leftovers(place: Place): Promise<void> {
  await succeeds(place);
  const file = (await manifests(place))[0] ?? '';
  const backups = `${place.shelf.folder}/${file.split('/').slice(0, -2).join('/')}`;
  for (const id of ['20200101T000000Z-aaaaaa', `${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z-bbbbbb`]) {
    await place.release.island.run('install', '-d', '-o', '999', '-g', '999', `${backups}/${id}`, `${backups}/${id}/data`);
    await place.release.island.run('install', '-o', '999', '-g', '999', '/etc/hostname', `${backups}/${id}/data/x.zst`);
  }
  await succeeds(place);
  const found = (await stored(place.release, place.shelf)).filter((one) => one.endsWith('x.zst'));
  assert.is(found.length, 1, found.join('\n'));
  assert.match(found[0] ?? '', 'bbbbbb');
}

/** The weekly check, from the target itself. */
async function verification(place: Place): Promise<void> {
  const id = await succeeds(place);
  const verify = async (environment: Readonly<Record<string, string>>): Promise<InitOutcome> => {
    const pod = await jobPod(place.release, place.shelf);
    return pod.run('verify-backup', { VERIFY_SQL: '', ...environment }, 120);
  };
  const none = await verify({ VERIFY_SQL: 'SELECT 1 FROM app.kept WHERE id < 0' });
  assert.match(none.message, /^The query of backup\.verify\.sql finds nothing in the backup/);
  const wrong = await verify({ VERIFY_SQL: 'SELECT 1 FROM app.nothing' });
  assert.match(wrong.message, /^The query of backup\.verify\.sql fails on the backup .*app\.nothing/);
  const good = await verify({ VERIFY_SQL: 'SELECT 1 FROM app.kept LIMIT 1' });
  assert.is(good.status, 0, good.output);
  assert.match(JSON.stringify(place.release.api.configMaps.get('db-backups')), 'verified=yes');
  assert.ok((await stored(place.release, place.shelf)).some((file) => file.endsWith(`${id}/verified.json`)));
  const file = (await stored(place.release, place.shelf)).find((one) => one.endsWith('kept.ibd.zst')) ?? '';
  await place.release.island.run('truncate', '--size=-10', `${place.shelf.folder}/${file}`);
  const damaged = await verify({});
  assert.is(damaged.status, 1);
  assert.match(damaged.message, /^The backup \S+ is damaged/);
}

table(
  'backup faults',
  [
    row('killed while it proves the copy', (place) => killedWhile(place, 'backup.sh: ')),
    row('killed while it stores', (place) => killedWhile(place, 'storing the backup')),
    row('storage that dies while files are on their way, and comes back, gets all of them', storageDies, bucketShelf),
    row('storage that is away is found out before a donor is asked', storageIsAway, bucketShelf),
    row('keys that the storage does not know', wrongKeys, bucketShelf),
    row('an authority that nobody has named', unknownAuthority, bucketShelf),
    row('a copy that is killed is made again', copyKilled),
    row('without a donor the run ends with a sentence', noDonor),
    row('a copy that does not start as a server is no backup', copyIsBroken),
    row('two backups at once', twoAtOnce),
    row('old backups go, and the catalogue says so', retention),
    row('nothing goes while a manifest cannot be read', (place) => doubt(place, (text) => text.slice(0, 100))),
    row('nothing goes while a clock is wrong', (place) => doubt(place, later)),
    row('what a stopped run has left goes when no run can be at it', leftovers),
    row('the newest backup is verified', verification),
  ],
  { parallel: 2 },
);
