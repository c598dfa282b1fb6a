/** The folders of generator/ are floors: a file imports from its own folder or from those below, so that the root shows the pipeline. */
import { readFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listFiles } from '../../generator/files/list-files.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('layout of generator/');

/** From the ground up. The last is the root itself. */
const FLOORS: readonly (readonly string[])[] = [
  ['errors'],
  ['model'],
  ['files', 'language', 'rules'],
  ['editor', 'images', 'origins'],
  ['check'],
  ['compare', 'convert', 'edition'],
  ['phases'],
  ['commands', '.'],
];

function floorOf(folder: string): number {
  const floor = FLOORS.findIndex((folders) => folders.includes(folder));
  assert.is.not(floor, -1, `generator/${folder} has no floor. Give it one in this test.`);
  return floor;
}

/** The folders that a module imports from, apart from its own. */
function importedFolders(path: string, text: string): readonly string[] {
  const specifiers = [...text.matchAll(/(?:\bfrom |\bimport\()'(\.\.?\/[^']+)'/g)].map(([, specifier = '']) => specifier);
  const folders = specifiers.map((specifier) => posix.dirname(posix.join(dirname(path), specifier)));
  return [...new Set(folders)].filter((folder) => folder !== dirname(path) && !folder.startsWith('..'));
}

async function modules(): Promise<readonly string[]> {
  return (await listFiles(join(ROOT, 'generator'))).filter((path) => path.endsWith('.ts') && !path.startsWith('templates/'));
}

test('the root holds the pipeline and what starts it', async () => {
  const root = (await modules()).filter((path) => dirname(path) === '.');
  assert.equal(root, ['build-package.ts', 'cli.ts', 'generate.ts', 'index.ts']);
});

test('every import leads to a lower floor', async () => {
  const upward: string[] = [];
  for (const path of (await modules()).filter((file) => dirname(file) !== '.')) {
    const text = await readFile(join(ROOT, 'generator', path), 'utf8');
    const isWithin = (folder: string): boolean => floorOf(folder) < floorOf(dirname(path));
    const isLoadedLate = (folder: string): boolean => dirname(path) === 'commands' && folder === '.';
    for (const folder of importedFolders(path, text)) if (!isWithin(folder) && !isLoadedLate(folder)) upward.push(`${path} -> ${folder}`);
  }
  assert.equal(upward, []);
});

test('an import of a higher floor would be found', () => {
  assert.equal(importedFolders('model/a.ts', "import { x } from '../phases/b.ts';\nawait import('./c.ts');\nimport '../../schema/d.ts';"), [
    'phases',
  ]);
});

test.run();
