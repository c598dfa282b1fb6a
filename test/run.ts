/**
 * Runs test suites: `node --import tsx test/run.ts SUITE... [--only WORD] [--apart SUITE --jobs N]`. A suite is a folder beside this
 * file; each `*.test.ts` below it is run by uvu. Files of a suite that is apart run N at a time, the other suites beside them. Stricter
 * than uvu's own runner, which passes a file that registers no test, a suite whose `before` hook threw and a test that ends the process.
 * The last line says how many tests passed and failed.
 */
import { appendFileSync, existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { listFiles } from '../generator/files/list-files.ts';
import { runJobs, type Counts } from './jobs.ts';

/** What uvu's registered suites return: errors as text or true, then numbers of passed, skipped and all tests. */
type Run = () => Promise<readonly [errors: string | boolean, passed: number, skipped: number, total: number]>;

declare global {
  var UVU_DEFER: 1 | undefined;
  var UVU_INDEX: number | undefined;
  var UVU_QUEUE: Run[][] | undefined;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));

function print(text: string): void {
  process.stdout.write(text);
}

/** Test files of the suites, as paths from here. */
async function testFiles(suites: readonly string[], word: string): Promise<readonly string[]> {
  const folders = await Promise.all(
    suites.map(async (suite) => {
      if (!existsSync(join(HERE, suite))) throw new Error(`There is no suite ${suite} below ${relative('.', HERE)}.`);
      const files = await listFiles(join(HERE, suite));
      return files.filter((file) => !file.startsWith('fixtures/')).map((file) => join(suite, file));
    }),
  );
  return folders.flat().filter((file) => file.endsWith('.test.ts') && file.includes(word));
}

/** Loads one file, which queues its suites, and runs them. */
async function runFile(file: string, counts: Counts): Promise<void> {
  print(`${file}\n`);
  const runs: Run[] = [];
  globalThis.UVU_QUEUE = [runs];
  const started = performance.now();
  await import(pathToFileURL(join(HERE, file)).href);
  let registered = 0;
  for (const run of runs) registered += await runSuite(run, counts);
  if (registered === 0) fail(counts, `${file} registers no test; it must end with .run().`);
  print(`    ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

async function runSuite(run: Run, counts: Counts): Promise<number> {
  const [errors, passed, skipped, total] = await run();
  counts.passed += passed;
  counts.failed += total - passed;
  counts.skipped += skipped;
  if (typeof errors === 'string') print(`\n${errors}\n`);
  else if (passed < total) print(`    A hook threw, so ${total - passed} tests did not run.\n`);
  return total;
}

function fail(counts: Counts, sentence: string): void {
  counts.failed += 1;
  print(`    ${sentence}\n`);
}

function summary({ passed, failed, skipped }: Counts): string {
  const suffix = skipped === 0 ? '' : `, ${skipped} skipped`;
  return `${passed} passed, ${failed} failed${suffix}`;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string', default: '' }, apart: { type: 'string', default: '' }, jobs: { type: 'string', default: '1' } },
  });
  if (!/^[1-9]\d*$/.test(values.jobs))
    throw new Error(`--jobs ${values.jobs} is no number of processes; write 1 or more, or leave out JOBS.`);
  globalThis.UVU_DEFER = 1;
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  let whole = false;
  process.once('exit', () => {
    conclude(counts, positionals.join(' '), whole);
  });
  if (values.apart === '') await runAll(await testFiles(positionals, values.only), counts);
  else await runApart(positionals, values.apart, values.only, Number(values.jobs), counts);
  whole = true;
}

/** Tells what was counted, when the process ends. A test that ended it, or waited for what nothing could bring, has failed. */
function conclude(counts: Counts, names: string, whole: boolean): void {
  if (!whole) fail(counts, 'The process ended before its tests did.');
  const countsFile = process.env['MYSQL_STS_COUNTS'];
  if (countsFile !== undefined) appendFileSync(countsFile, `${names}: ${summary(counts)}\n`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
  print(`\n${summary(counts)}\n`);
}

async function runAll(files: readonly string[], counts: Counts): Promise<void> {
  if (files.length === 0) fail(counts, 'No test file matches.');
  for (const file of files) {
    await runFile(file, counts).catch((error: unknown) => {
      fail(counts, `${file} could not be run: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
  }
}

/** Runs each file of one suite in a process of its own, and the other suites together in another. What ends without a count has failed. */
async function runApart(suites: readonly string[], apart: string, word: string, jobs: number, counts: Counts): Promise<void> {
  const files = await testFiles([apart], word);
  if (files.length === 0) fail(counts, `No test file of ${apart} matches.`);
  const others = suites.filter((suite) => suite !== apart);
  const alone = files.map((file) => [apart, '--only', file]);
  const runs = await runJobs(join(HERE, 'run.ts'), others.length > 0 ? [[...others, '--only', word], ...alone] : alone, jobs, print);
  for (const run of runs) {
    counts.passed += run.counts?.passed ?? 0;
    counts.failed += run.counts?.failed ?? 0;
    counts.skipped += run.counts?.skipped ?? 0;
    if (run.counts === undefined) fail(counts, `${run.args.join(' ')} ended before its tests were counted.`);
  }
}

await main();
