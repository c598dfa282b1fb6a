import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mysqlSts, pack } from '../support/packed.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('the package', { folder: '' });

/** More than this would mean that something got in that nobody needs. */
const LARGEST_PACKAGE = 680 * 1024;

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
});
test.after.each(({ folder }) => {
  rmSync(folder, { recursive: true });
});

test('npx runs check, explain, images and generate from the packed file in an empty folder', () => {
  const { folder } = pack();
  writeFileSync(join(folder, 'values.yaml'), 'replicas: 5\n');
  const npx = (...args: string[]): { status: number | null; stdout: string } =>
    spawnSync('npx', ['--no', 'mysql-sts', ...args], { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  assert.is(npx('check', 'values.yaml').status, 1);
  assert.match(npx('explain', 'replicaCount').stdout, /default +3\n/);
  assert.match(npx('images').stdout, /^docker\.io\/library\/mysql:\d/);
  assert.is(npx('generate', '--output', 'own').status, 0);
  assert.ok(readdirSync(join(folder, 'own')).includes('values.schema.json'));
  rmSync(join(folder, 'own'), { recursive: true });
});

test('it holds what the program needs and is small', () => {
  const { folder, bytes } = pack();
  process.stdout.write(`\n    the package has ${Math.round(bytes / 1024)} KiB\n`);
  assert.ok(bytes < LARGEST_PACKAGE, `${bytes} bytes`);
  const files = readdirSync(join(folder, 'node_modules/mysql-sts'));
  assert.equal(files.sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'README.zh.md',
    'chart',
    'dist',
    'generator',
    'package.json',
    'schema',
  ]);
  const others = readdirSync(join(folder, 'node_modules'));
  for (const compiler of ['typescript', 'typescript-json-schema', 'tsx']) assert.not.ok(others.includes(compiler), compiler);
});

test('its types check a defaults file, and refuse a misspelt key', ({ folder }) => {
  mkdirSync(join(folder, 'node_modules'));
  cpSync(join(pack().folder, 'node_modules/mysql-sts'), join(folder, 'node_modules/mysql-sts'), { recursive: true });
  cpSync(join(ROOT, 'examples/platform-edition/defaults.ts'), join(folder, 'good.ts'));
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  const begin = "import { defineDefaults, type Values } from 'mysql-sts';\n";
  writeFileSync(
    join(folder, 'bad.ts'),
    `${begin}export const size: Values['storage']['size'] = '1Gi';\nexport default defineDefaults({ storage: { sise: size } });\n`,
  );
  const compile = (file: string): string => {
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023'];
    return spawnSync(process.execPath, [compiler, ...options, file], { cwd: folder, encoding: 'utf8' }).stdout;
  };
  assert.is(compile('good.ts'), '');
  assert.match(compile('bad.ts'), /bad\.ts\(3,\d+\): error TS\d+: .*'sise'/s);
});

test('every command has its help', () => {
  for (const command of ['check', 'explain', 'images', 'diff', 'generate', 'verify']) {
    const { status, stdout } = mysqlSts([command, '--help']);
    assert.is(status, 0);
    assert.match(stdout, `Usage: mysql-sts ${command}`);
  }
  const version = execFileSync('npm', ['pkg', 'get', 'version'], { cwd: ROOT, encoding: 'utf8' });
  assert.is(mysqlSts(['--version']).stdout, `${version.trim().replaceAll('"', '')}\n`);
});

test.run();
