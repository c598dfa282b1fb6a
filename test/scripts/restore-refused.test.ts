/** What a release must not begin from: a backup that is damaged, of somebody else's key or engine, or not there. Nothing is initialised then. */

import { readFile, writeFile } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import type { EngineName } from '../../schema/engines.ts';
import { ISLAND_ROOT, island } from './harness/island.ts';
import type { Pod } from './harness/pod.ts';
import { KEY, preparedBackup, shelfWithBackup, type PreparedBackup } from './harness/prepared-backup.ts';
import { withRelease, type Release } from './harness/release.ts';
import { mountShelf, type Shelf, type ShelfChanges } from './harness/shelf.ts';
import { table, type Row } from './harness/table.ts';
import { exists, testimony } from './harness/volumes.ts';

interface Place {
  readonly release: Release;
  readonly pod: Pod;
  readonly shelf: Shelf;
  /** The folder of the backup, as the island sees it. */
  readonly folder: string;
  readonly backup: PreparedBackup;
}

interface Refusal {
  readonly name: string;
  readonly engine?: EngineName;
  readonly changes?: ShelfChanges;
  readonly arrange?: (place: Place) => Promise<void>;
  readonly sentence: RegExp;
}

async function refused({ engine = 'mariadb-11.8', changes = {}, arrange, sentence }: Refusal): Promise<void> {
  const backup = await preparedBackup(engine);
  await withRelease(backup.options, async (release) => {
    const shelf = await shelfWithBackup(backup);
    const pod = await release.pod(0);
    const folder = `${shelf.folder}/shop/${backup.name}/db/${backup.cluster}/backups/${backup.id}`;
    await arrange?.({ release, pod, shelf, folder, backup });
    const lines = { release: `${backup.name}/db`, cluster: '', backup: 'latest', ...changes.lines };
    await mountShelf(pod, shelf, { lines, secrets: changes.secrets ?? KEY });
    const { status, message, output } = await pod.run('init-mysql', {}, 120);
    assert.is(status, 1, output);
    assert.match(message, sentence, message);
    assert.not.ok(exists(pod, 'instance'), 'an instance was made');
    assert.not.ok(exists(pod, 'staging', 'record'), 'staging counts as complete');
  });
}

/** Runs a line of bash in the backup's folder. */
function spoil(line: string): (place: Place) => Promise<void> {
  return async ({ folder }) => {
    await (await island()).run('bash', '-euc', `cd "$1"; ${line}`, '-', folder);
  };
}

/** Changes a field of the manifest. */
function say(key: string, value: string): (place: Place) => Promise<void> {
  return async ({ folder }) => {
    const file = (await island()).path(folder.slice(ISLAND_ROOT.length), 'manifest.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(new RegExp(`"${key}": "[^"]*"`), `"${key}": "${value}"`));
  };
}

/** The largest file of the tables, and blocks of an encrypted one: a head of 32 bytes, then 65,536 with a mark of 16 each. */
const LARGEST = 'file=data/app/kept.ibd.zst.bin';
const BORDER = `${LARGEST}; size=$(stat --format %s "$file"); truncate --size=$((32 + (size - 33) / 65552 * 65552)) "$file"`;

const ROWS: readonly Refusal[] = [
  {
    name: 'a file that is cut short',
    arrange: spoil(`${LARGEST}; truncate --size=-1000 "$file"`),
    sentence: /^The backup \S+ (is damaged|could not be fetched): /,
  },
  {
    name: 'a file that is cut at the border of a block',
    arrange: spoil(BORDER),
    sentence: /^The backup \S+ is damaged: .*Nothing of it is used/,
  },
  {
    name: 'a file of which a byte is another one',
    arrange: spoil(`${LARGEST}; printf x | dd of="$file" bs=1 seek=5000 conv=notrunc status=none`),
    sentence: /^The backup \S+ (is damaged|could not be fetched): /,
  },
  { name: 'a file that is missing', arrange: spoil('rm data/app/kept.ibd.zst.bin'), sentence: /^The backup \S+ is damaged: .*kept\.ibd/ },
  { name: 'a list that is missing', arrange: spoil('rm folders.bin'), sentence: /^The backup \S+ is damaged: folders is missing/ },
  {
    name: 'a list of another backup',
    arrange: say('sums', '0'.repeat(64)),
    sentence: /^The backup \S+ is damaged: its list of checksums is not the one/,
  },
  {
    name: 'a manifest that is missing',
    arrange: spoil('rm manifest.json'),
    sentence: /has no complete backup 'latest' of the release t\d+\/db .*It has: none\. Nothing is initialised/,
  },
  {
    name: 'a manifest that is cut short',
    arrange: spoil('truncate --size=200 manifest.json'),
    sentence: /has no complete backup .*There is a doubt: the manifest of \S+ cannot be read\./,
  },
  {
    name: 'a backup that is not there',
    changes: { lines: { backup: '20200101T000000Z-abcdef' } },
    sentence: /has no complete backup '20200101T000000Z-abcdef' .*It has: \d{8}T\d{6}Z-[0-9a-f]{6}\./,
  },
  {
    name: 'another password',
    changes: { secrets: { 'encryption-password': 'another one' } },
    sentence: /^The backup \S+ was encrypted with another password .*in use on 20\d\d-/,
  },
  { name: 'no password', changes: { secrets: {} }, sentence: /^The backup \S+ is encrypted, and no password is given\. Name the Secret/ },
  {
    name: 'a later engine',
    arrange: say('version', '11.8.99'),
    sentence: /^The backup \S+ is of mariadb-11\.8 \(11\.8\.99\), which mariadb-11\.8 /,
  },
  { name: 'another engine', arrange: say('engine', 'mysql-9.7'), sentence: /^The backup \S+ is of mysql-9\.7 .*Nothing was copied/ },
  {
    name: 'data that does not stand where the manifest says',
    arrange: say('position', '0-100-999'),
    sentence: /^The backup \S+ holds the cluster \w+ at \S+, and its manifest speaks of \w+ at 0-100-999\./,
  },
  {
    name: 'a volume that is too small',
    arrange: ({ pod }) => pod.limitVolume(40),
    sentence: /^The backup \S+ needs \d+ MiB on the volume while it is unpacked, and there are \d+ MiB\..*storage\.size/,
  },
  {
    name: 'a claim that says that there is data',
    arrange: ({ release }) => Promise.resolve(void release.api.claims.set('data-db-1', testimony(1))),
    sentence: /^The primary's volume is empty, but data of this release exists: claim data-db-1/,
  },
  {
    name: 'storage that does not answer',
    changes: {
      lines: { kind: 's3', endpoint: 'http://kubernetes.default.svc:1', bucket: 'backups', region: 'x', pathStyle: 'true' },
      secrets: { 'access-key': 'key', 'secret-key': 'secret' },
    },
    sentence:
      /^The bucket backups at http:\/\/kubernetes\.default\.svc:1 cannot be listed: .*refused.*endpoint, bucket, keys, authority\.$/,
  },
];

const rows: readonly Row[] = ROWS.map((one) => ({ name: `a release does not begin: ${one.name}`, run: () => refused(one) }));

table('restore refused', rows, { parallel: 2 });
