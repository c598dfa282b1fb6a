/** The type is the only source: what is changed there changes in everything that is made from it. */
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chartMistakes } from '../../generator/files/verify.ts';
import { generateChart } from '../../generator/generate.ts';
import { CHART, ROOT } from '../support/tools.ts';

const test = suite<{ folder: string }>('one source', { folder: '' });

const COMMENT = "Size of each pod's volume; ";
const CHANGED = "How large each pod's volume is; ";

/** What people and programs read about a value. */
const ARTEFACTS = ['README.md', 'values.override.schema.json', 'values.schema.json', 'values.yaml'];

test.before.each(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), 'mysql-sts-'));
});
test.after.each(async ({ folder }) => {
  await rm(folder, { recursive: true });
});

/** A copy of the project with another sentence about one value. */
async function projectWithComment(folder: string, from: string, to: string): Promise<void> {
  const copied = ['schema', 'generator', 'package.json', 'tsconfig.json', 'CHANGELOG.md'];
  await Promise.all(copied.map((name) => cp(join(ROOT, name), join(folder, name), { recursive: true })));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const file = join(folder, 'schema/values/storage.ts');
  const text = await readFile(file, 'utf8');
  assert.ok(text.includes(from), `${file} no longer says "${from}"`);
  await writeFile(file, text.replace(from, to));
}

test('a comment that changes in the type changes in every artefact, and in nothing else', async ({ folder }) => {
  await projectWithComment(folder, COMMENT, CHANGED);
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'generator/cli.ts', 'generate', '--output', 'chart'], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.is(run.status, 0, run.stderr);
  const differing = (await chartMistakes(join(folder, 'chart'), await generateChart(ROOT))).map(({ file }) => file);
  assert.equal(
    differing,
    ARTEFACTS.map((name) => join(folder, 'chart', name)),
  );
  for (const name of ARTEFACTS) {
    assert.ok((await readFile(join(folder, 'chart', name), 'utf8')).includes(CHANGED), name);
    assert.ok((await readFile(join(CHART, name), 'utf8')).includes(COMMENT), name);
  }
});

test.run();
