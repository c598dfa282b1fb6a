/**
 * Checks every shell script of the project at the strictest level, in the folders where people edit them. The chart's scripts load each
 * other by a function, which shellcheck does not follow: each program is checked together with all that it loads.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './support/tools.ts';
import { closureOf, readScripts, type Scripts } from './support/closures.ts';
import { isObject } from '../generator/model/json-schema.ts';

/** One remark of shellcheck's. */
interface Finding {
  readonly file: string;
  readonly line: number;
  readonly code: number;
  readonly message: string;
}

const MISSING = 'shellcheck is missing. Install the package shellcheck of your distribution, then run this again.\n';
/** A variable that seems unused. Another program may use it, so it counts only when none does. */
const UNUSED = 2034;
const AT_A_TIME = 2;

function listed(...patterns: readonly string[]): readonly string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...patterns];
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '');
}

/** Runs shellcheck, whose findings are on standard output whatever its status is. */
async function check(files: readonly string[], ...options: readonly string[]): Promise<readonly Finding[]> {
  const folders = ['SCRIPTDIR', 'generator/templates/files', '.'].map((folder) => `--source-path=${folder}`);
  const args = ['--format=json1', '--severity=style', '--external-sources', ...folders, ...options, '--', ...files];
  const { stdout } = await promisify(execFile)('shellcheck', args, { cwd: ROOT, maxBuffer: 1 << 26 }).catch((error: unknown) => {
    if (isObject(error) && typeof error['stdout'] === 'string' && error['code'] === 1) return { stdout: error['stdout'] };
    throw error;
  });
  return findingsOf(JSON.parse(stdout));
}

function findingsOf(answer: unknown): readonly Finding[] {
  const comments = isObject(answer) ? answer['comments'] : undefined;
  if (!Array.isArray(comments)) throw new Error('shellcheck answered something else than its findings.');
  return comments.filter(isObject).map(({ file, line, code, message }) => ({
    file: relative(ROOT, String(file)),
    line: Number(line),
    code: Number(code),
    message: String(message),
  }));
}

/** Checks each program of the chart as one text; what several load is told once. */
async function checkPrograms(scripts: Scripts): Promise<readonly Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'shellcheck-'));
  const programs = [...scripts.keys()].filter((name) => name.startsWith('run/'));
  const closures = new Map(programs.map((name) => [name, closureOf(scripts, name)]));
  const found = new Map<string, { readonly finding: Finding; count: number }>();
  const checkOne = async (name: string): Promise<void> => {
    const files = closures.get(name) ?? [];
    const main = join(folder, `${name.replace('/', '.')}.sh`);
    writeFileSync(main, ['#!/usr/bin/env bash', ...files.map((file) => `. ${scripts.get(file)?.path ?? ''}`), ''].join('\n'));
    const findings = await check([main], '--check-sourced');
    for (const key of new Set(findings.map((finding) => JSON.stringify(finding)))) {
      const known = found.get(key);
      if (known === undefined) found.set(key, { finding: findings.find((one) => JSON.stringify(one) === key) ?? never(key), count: 1 });
      else known.count += 1;
    }
  };
  const waiting = [...programs];
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await checkOne(name);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  rmSync(folder, { recursive: true });
  const loadedBy = (file: string): number =>
    [...closures.values()].filter((files) => files.some((name) => file.endsWith(`/${name}.sh`))).length;
  const strangers = [...scripts].filter(([name]) => ![...closures.values()].some((files) => files.includes(name)));
  return [
    ...[...found.values()]
      .filter(({ finding, count }) => finding.code !== UNUSED || count === loadedBy(finding.file))
      .map(({ finding }) => finding),
    ...strangers.map(([, { path }]) => ({ file: relative(ROOT, path), line: 1, code: 0, message: 'No program loads this script.' })),
  ];
}

function never(key: string): never {
  throw new Error(`lost: ${key}`);
}

const others = listed('*.sh', '.ci/run', 'test/cluster/images/files/*/usr/bin/*').filter(
  (file) => !/^(chart|generator\/templates)\/files\//.test(file),
);
try {
  const findings = [...(await check(others)), ...(await checkPrograms(await readScripts()))];
  for (const { file, line, code, message } of findings) process.stderr.write(`${file}:${line}: SC${code} ${message}\n`);
  if (findings.length > 0) process.exitCode = 1;
} catch (error) {
  if (!isObject(error) || error['code'] !== 'ENOENT') throw error;
  process.stderr.write(MISSING);
  process.exitCode = 1;
}
