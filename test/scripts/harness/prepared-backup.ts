/** One copy and one backup of it, made once by the scripts themselves, for tests that spoil them. */

import * as assert from 'uvu/assert';
import type { EngineName } from '../../../schema/engines.ts';
import { copyForBackup, jobPod, type JobOptions } from './backups.ts';
import { ISLAND_ROOT, island } from './island.ts';
import type { Pod } from './pod.ts';
import { defaultMethod, startPrimary } from './prepared.ts';
import { withRelease, type Release, type ReleaseOptions } from './release.ts';
import { folderShelf, type Shelf } from './shelf.ts';
import { sql } from './sql.ts';

/** A password that may be as unkind as any other. */
export const KEY = { 'encryption-password': `k'e"y\\ for $HOME #1` } as const;

/** Rows of two kinds of tables, enough that a file has several blocks. */
const ROWS = `
  CREATE TABLE app.kept (id INT PRIMARY KEY AUTO_INCREMENT, word VARCHAR(200)); INSERT INTO app.kept (word) VALUES (UUID()), (UUID());
  ${'INSERT INTO app.kept (word) SELECT CONCAT(UUID(), UUID(), RAND()) FROM app.kept; '.repeat(11)}`;
export const SUM = 'CHECKSUM TABLE app.kept; SELECT COUNT(*) FROM app.kept;';

/** What there is of an engine. */
export interface PreparedBackup {
  /** How its release was made. */
  readonly options: ReleaseOptions;
  /** The namespace of its release. */
  readonly name: string;
  readonly id: string;
  readonly cluster: string;
  readonly sum: string;
  /** The job's volume after the copy, as the island sees it. */
  readonly scratch: string;
  /** A folder with the encrypted backup, to be copied. */
  readonly shelf: string;
}

const made = new Map<EngineName, Promise<PreparedBackup>>();

/** Makes it when it is first asked for. */
export function preparedBackup(engine: EngineName): Promise<PreparedBackup> {
  const known = made.get(engine) ?? prepare({ engine, method: defaultMethod(engine) });
  made.set(engine, known);
  return known;
}

async function prepare(options: ReleaseOptions): Promise<PreparedBackup> {
  const machine = await island();
  const scratch = `${ISLAND_ROOT}/scratch-${options.engine}`;
  const shelf = await folderShelf();
  return withRelease(options, async (release) => {
    const primary = await startPrimary(release);
    await sql(primary, ROWS);
    const sum = await sql(primary, SUM);
    const pod = await copyForBackup(release, shelf, { secrets: KEY, environment: { BACKUP_FROM: 'primary' } });
    await machine.run('cp', '--archive', `${ISLAND_ROOT}/${release.name}/${pod.name}/volume`, scratch);
    const { status, output } = await pod.run('backup', {}, 120);
    assert.is(status, 0, output);
    const id = /the backup (\S+) is complete/.exec(output)?.[1] ?? '';
    const cluster = /as a server: cluster (\w+)/.exec(output)?.[1] ?? '';
    return { options, name: release.name, id, cluster, sum, scratch, shelf: shelf.folder };
  });
}

/** A copy of the folder with the backup, which a test may spoil. */
export async function shelfWithBackup({ shelf }: PreparedBackup): Promise<Shelf> {
  const machine = await island();
  const own = await folderShelf();
  await machine.run('cp', '--archive', '--no-target-directory', shelf, own.folder);
  return own;
}

/** A Job's pod in which the copy is made already, and only the backup itself has to be. */
export async function podWithCopy(release: Release, shelf: Shelf, { scratch }: PreparedBackup, options: JobOptions = {}): Promise<Pod> {
  const pod = await jobPod(release, shelf, options);
  await release.island.run('cp', '--archive', '--no-target-directory', scratch, `${ISLAND_ROOT}/${release.name}/${pod.name}/volume`);
  return pod;
}
