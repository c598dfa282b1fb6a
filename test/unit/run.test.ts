import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ROOT } from '../support/tools.ts';

const test = suite('test runner', { folder: '' });

test.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
});
test.after(({ folder }) => {
  rmSync(folder, { recursive: true });
});

const CASES: readonly (readonly [suite: string, status: number, lastLine: string])[] = [
  ['passing', 0, '1 passed, 0 failed'],
  ['failing', 1, '1 passed, 1 failed'],
  ['empty', 1, '0 passed, 1 failed'],
  ['hook', 1, '0 passed, 1 failed'],
  ['exiting', 1, '0 passed, 1 failed'],
  ['stuck', 1, '0 passed, 1 failed'],
];

for (const [name, status, lastLine] of CASES) {
  test(`${name}: ${lastLine}`, ({ folder }) => {
    const counts = join(folder, name);
    const args = ['--import', 'tsx', 'test/run.ts', `unit/fixtures/suites/${name}`];
    const env = { ...process.env, FORCE_COLOR: '1', NO_COLOR: '1', MYSQL_STS_COUNTS: counts };
    const run = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
    assert.is(run.status, status, run.stdout + run.stderr);
    assert.is(run.stdout.trimEnd().split('\n').at(-1), lastLine);
    assert.is(readFileSync(counts, 'utf8'), `unit/fixtures/suites/${name}: ${lastLine}\n`);
    assert.not(run.stdout.includes('\u001b['), 'colours in spite of NO_COLOR');
  });
}

test('a suite apart is counted with the others, and has failed if its process is killed', ({ folder }) => {
  const [killed = '', ...others] = ['killed', 'passing', 'failing', 'hook', 'empty'].map((name) => `unit/fixtures/suites/${name}`);
  const args = ['--import', 'tsx', 'test/run.ts', ...others, killed, '--apart', killed, '--jobs', '3'];
  const env = { ...process.env, MYSQL_STS_COUNTS: join(folder, 'apart') };
  const run = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
  assert.is(run.status, 1);
  assert.is(run.stdout.trimEnd().split('\n').at(-1), '2 passed, 4 failed');
  assert.match(run.stdout, /killed\/a\.test\.ts ended before its tests were counted\./);
  assert.is(run.stdout.match(/^\d+ passed, \d+ failed$/gm)?.length, 1, 'a process of its own has a last line of its own');
});

for (const jobs of ['0', '-1', 'auto', '']) {
  test(`"${jobs}" processes at a time run nothing, and are refused`, () => {
    const apart = 'unit/fixtures/suites/passing';
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'test/run.ts', apart, '--apart', apart, `--jobs=${jobs}`], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    assert.is(run.status, 1);
    assert.match(run.stderr, /is no number of processes/);
    assert.not.match(run.stdout, / passed, 0 failed/);
  });
}

test('a suite apart without a file that matches has failed', ({ folder }) => {
  const apart = 'unit/fixtures/suites/passing';
  const env = { ...process.env, MYSQL_STS_COUNTS: join(folder, 'unmatched') };
  const args = ['--import', 'tsx', 'test/run.ts', apart, '--apart', apart, '--only', 'no such file'];
  const run = spawnSync(process.execPath, args, { cwd: ROOT, env, encoding: 'utf8' });
  assert.is(run.status, 1);
  assert.match(run.stdout, /No test file of unit\/fixtures\/suites\/passing matches\./);
  assert.is(run.stdout.trimEnd().split('\n').at(-1), '0 passed, 1 failed');
});

test.run();
