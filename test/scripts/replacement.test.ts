/** Replacing an instance by a copy: wherever a stop fell, one instance comes out, and nothing else stays. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import { ISLAND_ROOT } from './harness/island.ts';
import type { Pod } from './harness/pod.ts';
import { withRelease } from './harness/release.ts';
import { startShell, withFunctions } from './harness/shell.ts';
import { table, type Row } from './harness/table.ts';
import { entries, record } from './harness/volumes.ts';

const MARIADB = { engine: 'mariadb-11.8', method: 'mariadb-backup' } as const;

/** What a start finds on the volume. */
type Finding = 'instance' | 'staging' | 'half a staging' | 'replaced' | 'request';

interface State {
  readonly name: string;
  readonly finds: readonly Finding[];
  /** Whose data is the instance in the end. */
  readonly instance: 'old' | 'copy';
  /** Whether it counts as one of the day's replacements. */
  readonly counts: boolean;
}

const STATES: readonly State[] = [
  { name: 'a copy and a request', finds: ['instance', 'staging', 'request'], instance: 'copy', counts: true },
  { name: 'killed between the two renames', finds: ['replaced', 'staging', 'request'], instance: 'copy', counts: false },
  { name: 'killed after the second rename', finds: ['instance', 'replaced', 'request'], instance: 'old', counts: false },
  { name: 'killed before the request was removed', finds: ['instance', 'request'], instance: 'old', counts: false },
  { name: 'a request and half a copy', finds: ['instance', 'half a staging', 'request'], instance: 'old', counts: false },
  { name: 'half a copy that nobody asked for', finds: ['instance', 'half a staging'], instance: 'old', counts: false },
  { name: 'a whole copy that nobody asked for', finds: ['instance', 'staging'], instance: 'old', counts: false },
  { name: 'the old instance, not yet removed', finds: ['instance', 'replaced'], instance: 'old', counts: false },
  { name: 'nothing to do', finds: ['instance'], instance: 'old', counts: false },
];

async function put(pod: Pod, finding: Finding): Promise<void> {
  const [folder, owner] = finding.endsWith('staging') ? ['staging', 'copy'] : [finding, 'old'];
  if (finding === 'request') {
    await writeFile(pod.path('volume', 'replacement'), 'PurgedBinlogs\n');
    return;
  }
  await mkdir(pod.path('volume', folder, 'data'), { recursive: true });
  if (finding === 'half a staging') return;
  await writeFile(pod.path('volume', folder, 'record'), `cluster=${owner}\ngeneration=1\nengine=mariadb-11.8\nversion=11.8.6\n`);
}

const LOAD = 'load do/replace';

async function settle(pod: Pod): Promise<void> {
  const { status, output } = await withFunctions(pod, `${LOAD}; settle_replacement`);
  assert.is(status, 0, output);
}

function stateRow({ name, finds, instance, counts }: State): Row {
  return {
    name,
    run: () =>
      withRelease(MARIADB, async (release) => {
        const pod = await release.pod(1);
        for (const finding of finds) await put(pod, finding);
        await release.island.run('chown', '-R', '999:999', `${ISLAND_ROOT}/${release.name}/${pod.name}/volume`);
        startShell(pod);
        await settle(pod);
        assert.equal(entries(pod), counts ? ['instance', 'replacements'] : ['instance']);
        assert.is(record(pod)['cluster'], instance);
        if (counts) assert.match(await readFile(pod.path('volume', 'replacements'), 'utf8'), /^\d+ PurgedBinlogs\n$/);
        await settle(pod);
        assert.is(record(pod)['cluster'], instance, 'a second time changes nothing');
      }),
  };
}

const COUNT: Row = {
  name: 'only the last 24 hours count',
  run: () =>
    withRelease(MARIADB, async (release) => {
      const pod = await release.pod(1);
      const now = Math.floor(Date.now() / 1000);
      const times = [now - 90_000, now - 86_300, now - 10];
      await writeFile(pod.path('volume', 'replacements'), times.map((time) => `${time} PurgedBinlogs\n`).join(''));
      startShell(pod);
      const { output } = await withFunctions(pod, `${LOAD}; replacements_today`);
      assert.is(output, '2\n');
    }),
};

const PUBLISHED: Row = {
  name: 'the pod was deleted between the two renames: clone-mysql brings the copy into its place',
  run: () =>
    withRelease(MARIADB, async (release) => {
      const pod = await release.pod(1);
      for (const finding of ['replaced', 'staging', 'request'] as const) await put(pod, finding);
      await release.island.run('chown', '-R', '999:999', `${ISLAND_ROOT}/${release.name}/${pod.name}/volume`);
      await pod.initialise();
      startShell(pod);
      await settle(pod);
      assert.equal(entries(pod), ['instance']);
      assert.is(record(pod)['cluster'], 'copy');
    }),
};

/** The agent that had begun to write the copy may write its record while a start removes the rest. */
const DISCARDED: Row = {
  name: 'a copy that could be removed only in part no longer counts as one',
  run: () =>
    withRelease(MARIADB, async (release) => {
      const pod = await release.pod(1);
      for (const finding of ['instance', 'staging'] as const) await put(pod, finding);
      const volume = `${ISLAND_ROOT}/${release.name}/${pod.name}/volume`;
      await release.island.run('chown', '-R', '999:999', volume);
      await release.island.run('install', '--directory', '--owner=root', `${volume}/staging/data/a folder of root`);
      await release.island.run('touch', `${volume}/staging/data/a folder of root/file`);
      startShell(pod);
      assert.is.not((await withFunctions(pod, `${LOAD}; settle_replacement`)).status, 0);
      assert.equal(entries(pod), ['discarded', 'instance']);
    }),
};

table('replacement of an instance', [...STATES.map(stateRow), COUNT, PUBLISHED, DISCARDED], { parallel: 4 });
