import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { GeneratorError } from '../../generator/errors/generator-error.ts';
import type { ChartFile } from '../../generator/files/chart-file.ts';
import { chartMistakes } from '../../generator/files/verify.ts';
import { generateChart } from '../../generator/generate.ts';
import { checkOutputs } from '../../generator/phases/check-outputs.ts';
import { markProvenance } from '../../generator/phases/mark-provenance.ts';
import { writeChart } from '../../generator/phases/write-chart.ts';
import { mistakeOf } from '../support/mistakes.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const test = suite<{ folder: string; files: readonly ChartFile[] }>('generate', { folder: '', files: [] });

test.before(async (context) => {
  context.files = await generateChart(ROOT);
});
test.before.each(async (context) => {
  context.folder = await mkdtemp(join(tmpdir(), 'mysql-sts-'));
});
test.after.each(async ({ folder }) => {
  await rm(folder, { recursive: true });
});

/** A copy of the project's sources with one template of ours in it. */
async function projectWith(folder: string, template: string): Promise<string> {
  await cp(join(ROOT, 'generator/templates'), join(folder, 'generator/templates'), { recursive: true });
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
  await writeFile(join(folder, 'generator/templates/templates/ours.yaml.hbs'), template);
  return folder;
}

async function failure(work: Promise<unknown>): Promise<string> {
  const outcome = await work.catch((error: unknown) => error);
  assert.instance(outcome, GeneratorError);
  return String(outcome);
}

test('generating twice gives the same bytes', async ({ files }) => {
  assert.ok(JSON.stringify(await generateChart(ROOT)) === JSON.stringify(files));
});

test('VERBOSE=1 says what each phase made: its name, its time and its size', ({ folder }) => {
  const call = ['--import', 'tsx', 'generator/cli.ts', 'generate', '--output', join(folder, 'chart')];
  const run = (env: NodeJS.ProcessEnv): string =>
    spawnSync(process.execPath, call, { cwd: ROOT, encoding: 'utf8', env: { ...process.env, ...env } }).stderr;
  const lines = run({ VERBOSE: '1' })
    .trimEnd()
    .split('\n')
    .map((line) => /^([a-z-]+) +(\d+) ms +(\d+\.\d) KiB( in \d+ files)?$/.exec(line));
  const phases = lines.map((line) => line?.[1]);
  for (const phase of phases)
    assert.ok(existsSync(join(ROOT, `generator/phases/${String(phase)}.ts`)), `no phase is called ${String(phase)}`);
  assert.equal([phases[0], phases[1], phases.at(-1)], ['compile-schema', 'describe-engines', 'write-chart']);
  assert.ok(
    lines.every((line) => Number(line?.[3]) > 0),
    'a phase made nothing',
  );
  assert.is(run({ VERBOSE: '' }), '');
});

test('what was written is verified', async ({ folder, files }) => {
  await writeChart(folder, files);
  assert.equal(await chartMistakes(folder, files), []);
});

test('a file that differs, one that is missing and one too many are named', async ({ folder, files }) => {
  await writeChart(folder, files);
  const values = join(folder, 'values.yaml');
  await writeFile(values, (await readFile(values, 'utf8')).replace('replicaCount: 3', 'replicaCount: 5'));
  await rm(join(folder, 'Chart.yaml'));
  await writeFile(join(folder, 'notes.txt'), 'by hand\n');
  const mistakes = (await chartMistakes(folder, files)).map(String);
  assert.is(mistakes.length, 3);
  assert.match(mistakes[0] ?? '', /Chart\.yaml:1: The file is missing/);
  assert.match(mistakes[1] ?? '', /notes\.txt:1: No source writes this file/);
  assert.match(mistakes[2] ?? '', /values\.yaml:\d+: The file differs .*\n {4}-replicaCount: 5\n {4}\+replicaCount: 3$/);
});

test('writing removes what an earlier run wrote, and nothing else', async ({ folder, files }) => {
  await writeChart(folder, [...files, markProvenance({ path: 'files/old.sh', source: 'old', text: '#!/usr/bin/env bash\n' })]);
  await writeFile(join(folder, 'notes.txt'), 'by hand\n');
  await writeChart(folder, files);
  const mistakes = (await chartMistakes(folder, files)).map(String);
  assert.is(mistakes.length, 1, mistakes.join('\n'));
  assert.match(mistakes[0] ?? '', /notes\.txt:1: No source writes this file/);
});

test('a misspelt value in a template is refused with file, line and the right spelling', async ({ folder }) => {
  const root = await projectWith(folder, 'kind: A\nsize: <% value "storage.sise" %>\n');
  assert.is(
    await failure(generateChart(root)),
    'generator/templates/templates/ours.yaml.hbs:2: The model has no value storage.sise. Did you mean storage.size?',
  );
});

test('a value that no template reads is refused where it is declared', async ({ folder }) => {
  const root = await projectWith(folder, 'kind: A\n');
  await rm(join(root, 'generator/templates/templates/poddisruptionbudget.yaml.hbs'));
  assert.match(
    await failure(generateChart(root)),
    /^schema\/values\/pods\.ts:\d+: No template reads the value podDisruptionBudget\.enabled\. Use it or remove it\.$/,
  );
});

test('two sources of one file are refused', () => {
  const file = { path: 'values.yaml', text: '' };
  const message = mistakeOf(() =>
    checkOutputs([
      { ...file, source: 'a' },
      { ...file, source: 'b' },
    ]),
  );
  assert.is(message, "b:1: The chart's file values.yaml is also written from a.");
});

test('the command prints mistakes without a stack and exits with 1', ({ folder }) => {
  const cli = ['--import', 'tsx', 'generator/cli.ts', 'verify', '--chart', folder];
  const { status, stderr } = spawnSync(process.execPath, cli, { cwd: ROOT, encoding: 'utf8' });
  assert.is(status, 1);
  assert.match(stderr, /Chart\.yaml:1: The file is missing; it comes from generator\/templates\/Chart\.yaml\.hbs/);
  assert.not.match(stderr, /\n\s+at /);
});

test.run();
