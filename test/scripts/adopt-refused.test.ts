/** Data directories that cannot be taken over: each refusal says what to do, and leaves every file of the volume as it was. */

import { rename, rm } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import { ENGINES, type EngineName } from '../../schema/engines.ts';
import { imageRoot } from './harness/images.ts';
import { giveVolume, restoreOld, type OldServer } from './harness/old-volumes.ts';
import type { Pod } from './harness/pod.ts';
import { defaultMethod } from './harness/prepared.ts';
import { withRelease } from './harness/release.ts';
import { table, type Row } from './harness/table.ts';
import { exists, fingerprint } from './harness/volumes.ts';

const OLD: OldServer = { engine: 'mysql-9.7', image: 'bitnami', role: 'standalone', end: 'stopped', folder: 'data' };

interface Refusal {
  readonly old: Partial<OldServer>;
  readonly engine: EngineName;
  readonly sentence: RegExp;
  readonly arrange?: (pod: Pod) => Promise<unknown>;
  /** The old server runs on and writes. */
  readonly running?: true;
  readonly environment?: Readonly<Record<string, string>>;
}

async function refused(pod: Pod, { old, sentence, arrange, running }: Refusal): Promise<void> {
  await restoreOld(pod, { ...OLD, ...old });
  await arrange?.(pod);
  const before = await fingerprint(pod);
  const { status, message, output } = await pod.run('init-mysql', {}, 180);
  assert.is(status, 1, output);
  assert.match(message, sentence, message);
  if (running) assert.ok(pod.container('old').running);
  else assert.equal(changes(before, await fingerprint(pod)), []);
  assert.not.ok(exists(pod, 'instance'), 'an instance was made');
}

/** The lines of fingerprints that differ, but for the data directory's own: the time in it changes by a file that comes and goes. */
function changes(before: string, after: string): readonly string[] {
  const [old, now] = [before, after].map((text) => new Set(text.split('\n').filter((line) => !line.startsWith('data '))));
  return [...[...(old ?? [])].filter((line) => now?.has(line) !== true), ...[...(now ?? [])].filter((line) => old?.has(line) !== true)];
}

function row(name: string, refusal: Refusal): Row {
  const { engine, environment } = refusal;
  const release = { engine, method: defaultMethod(engine), environment: { ADOPT_FOLDER: refusal.old.folder ?? 'data', ...environment } };
  return { name: `${engine}: ${name}`, run: () => withRelease(release, async (made) => refused(await made.pod(0), refusal)) };
}

/** Starts the server of the release on the data, as a pod of the old StatefulSet would. */
async function startOld(pod: Pod): Promise<void> {
  const server = ENGINES.find(({ name }) => name === pod.release.engine.name)?.serverBinary ?? '';
  const command = [server, '--no-defaults', '--datadir=/var/lib/mysql/data', '--socket=/tmp/old.sock', '--skip-networking'];
  const image = { root: await imageRoot(pod.release.engine.name, 'server') };
  await pod.launch('old', { command, image, mounts: [] }).says('ready for connections');
}

const MARIADB: Partial<OldServer> = { engine: 'mariadb-11.8' };
const KEYS = '--plugin-load-add=file_key_management --file-key-management-filename=/tmp/keys';

table(
  'adopt-refused',
  [
    row('data of the other family', {
      engine: 'mysql-9.7',
      old: MARIADB,
      sentence:
        /^The folder data holds data of mariadb 11\.8\.\d+, which mysql-9\.7 cannot open\. Nothing was changed: .* mariadb-11\.8, or/,
    }),
    row('data of the other family', {
      engine: 'mariadb-11.8',
      old: {},
      sentence: /^The folder data holds data of mysql 9\.7\.\d+, which mariadb-11\.8 cannot open\. Nothing was changed/,
    }),
    row('data of a later series', {
      engine: 'mysql-8.0',
      old: {},
      sentence:
        /holds data of mysql 9\.7\.\d+, which is later than mysql-8\.0, and no server opens data of a later one\. .*to mysql-9\.7, or/,
    }),
    row('data of a later series', {
      engine: 'mariadb-10.11',
      old: MARIADB,
      sentence: /mariadb 11\.8\.\d+, which is later than mariadb-10\.11/,
    }),
    row('data of a series that is too old', {
      engine: 'mysql-9.7',
      old: { engine: 'mysql-5.7', image: 'official' },
      sentence:
        /mysql 5\.7\.22, which mysql-9\.7 cannot open: it opens data of 8\.4, 9\.0, .*9\.7\. .*an engine of its own series, and upgrade then/,
    }),
    row('data of an older series whose server was killed', {
      engine: 'mysql-8.0',
      old: { engine: 'mysql-5.7', image: 'official', end: 'killed' },
      sentence: /was not shut down, and only a server of its own series, 5\.7, can recover it\..*'engine' to mysql-5\.7 and upgrade then/,
    }),
    row('names in another case', {
      engine: 'mysql-9.7',
      old: { options: ['--lower-case-table-names=1'] },
      sentence:
        /made with lower_case_table_names=1, and the server would use 0\..*write lower_case_table_names=1 below \[mysqld\] in .*config\.common/,
    }),
    row('pages of another size', {
      engine: 'mariadb-11.8',
      old: { ...MARIADB, options: ['--innodb-page-size=8k'] },
      sentence: /has pages of 8192 bytes, and the server would use 16384\. .*write innodb_page_size=8192 below \[mysqld\]/,
    }),
    row('encrypted tables', {
      engine: 'mariadb-11.8',
      old: {
        ...MARIADB,
        options: KEYS.split(' '),
        before: "printf '1;770A8A65DA156D24EE2A093277530142\\n' > /tmp/keys",
        statements: 'CREATE TABLE shop.secret (id INT) ENCRYPTED = YES;',
      },
      sentence: /has encrypted tablespaces .*their key is not on the volume\. Nothing was changed: .*ENCRYPTED = NO/,
    }),
    row('a table in another place', {
      engine: 'mysql-5.7',
      old: { engine: 'mysql-5.7', image: 'official', statements: "CREATE TABLE shop.far (id INT) DATA DIRECTORY = '/tmp';" },
      sentence:
        /has a tablespace outside of the folder data: shop\/far\.isl\. Nothing was changed: on the old server, make the table again/,
    }),
    row('a table of MyISAM with the CLONE plugin', {
      engine: 'mysql-9.7',
      old: { statements: 'CREATE TABLE shop.old (id INT) ENGINE = MyISAM;' },
      sentence: /has tables that are not InnoDB's \(shop\/old\.MYI\), .*ENGINE = InnoDB\), or set the value clone\.method to xtrabackup/,
    }),
    row('no redo log', {
      engine: 'mysql-9.7',
      old: {},
      arrange: (pod) => rename(pod.path('volume', 'data', '#innodb_redo'), pod.path('volume', 'elsewhere')),
      sentence: /has no redo log \(ib_logfile0 or #innodb_redo\).*from its innodb_log_group_home_dir/,
    }),
    row('no undo tablespaces', {
      engine: 'mysql-9.7',
      old: {},
      arrange: (pod) => rm(pod.path('volume', 'data', 'undo_001')),
      sentence: /has no undo tablespaces \(undo_001, undo_002\)\. .*from its innodb_undo_directory/,
    }),
    row('data that another user owns', {
      engine: 'mysql-9.7',
      old: {},
      arrange: (pod) => giveVolume(pod, '1001:1001', 'data'),
      sentence:
        /^The data directory in the folder data belongs to 1001:1001 and user 999 cannot write to it\. .*chown -R 999:999 .*claim data-db-0\..*storage\.fixOwnership/,
    }),
    row('a folder that is called otherwise', {
      engine: 'mysql-9.7',
      old: {},
      environment: { ADOPT_FOLDER: 'mysql' },
      sentence: /^The primary's volume has no data directory in a folder mysql, .*Nothing is initialised\. There is one in: data\. /,
    }),
    row('data beside which an empty database would be made', {
      engine: 'mysql-9.7',
      old: {},
      environment: { ADOPT_FOLDER: '' },
      sentence:
        /^The volume is to get an empty database, but there is a data directory on it: data\. .*storage\.adoptFolder: data, or remove it/,
    }),
    row('a server that still runs on the data', {
      engine: 'mysql-8.0',
      old: { engine: 'mysql-8.0' },
      arrange: startOld,
      running: true,
      sentence: /since another server has it open\. Nothing was changed: stop the old pods/,
    }),
    row('a server that still runs on the data', {
      engine: 'mariadb-10.11',
      old: { engine: 'mariadb-10.11' },
      arrange: startOld,
      running: true,
      sentence: /since another server has it open\. Nothing was changed: stop the old pods/,
    }),
  ],
  { parallel: 2 },
);
