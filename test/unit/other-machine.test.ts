/** Generating on machines that differ in all that a generator might let into its output. */
import { spawnSync } from 'node:child_process';
import { cpSync, lutimesSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listFiles } from '../../generator/files/list-files.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('generating on another machine', { folder: '' });

/** Seconds of a processor that `make generate` may take at most. The clock's would be those of whatever else runs here. */
const LONGEST = 10;

/** Runs a command and ends with the seconds that it took of a processor. */
const TIMED = 'TIMEFORMAT="%U %S"; time "$@"';

/** What the generator reads. */
const SOURCES = ['generator', 'schema', 'package.json', 'tsconfig.json', 'CHANGELOG.md'] as const;

interface Machine {
  /** Where the project lies on it. */
  readonly place: string;
  readonly language: string;
  readonly zone: string;
  readonly umask: number;
  readonly changed: Date;
  /** The order in which its files came to be, which is the one that some file systems list them in. */
  readonly order: (files: readonly string[]) => readonly string[];
}

const MACHINES: readonly Machine[] = [
  {
    place: 'a',
    language: 'C',
    zone: 'UTC',
    umask: 0o022,
    changed: new Date('2001-02-03T04:05:06Z'),
    order: (files) => files,
  },
  {
    place: 'home/Jane Doe/çalışma/of many/folders/b',
    language: 'tr_TR.UTF-8',
    zone: 'Pacific/Kiritimati',
    umask: 0o077,
    changed: new Date('2031-12-31T23:59:59Z'),
    order: (files) => files.toReversed(),
  },
];

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
});
test.after.each(({ folder }) => {
  rmSync(folder, { recursive: true });
});

async function sources(): Promise<readonly string[]> {
  const lists = SOURCES.map(async (source) =>
    source.includes('.') ? [source] : (await listFiles(join(ROOT, source))).map((file) => join(source, file)),
  );
  return (await Promise.all(lists)).flat();
}

/** Makes the project's sources on a machine and generates there; returns the chart's files and the seconds that it took. */
async function generateOn(machine: Machine, folder: string): Promise<{ chart: ReadonlyMap<string, Buffer>; seconds: number }> {
  const { place, language, zone, umask, changed, order } = machine;
  const root = join(folder, place);
  for (const file of order(await sources())) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(ROOT, file), join(root, file));
    lutimesSync(join(root, file), changed, changed);
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const home = join(root, 'home');
  mkdirSync(home);
  const before = process.umask(umask);
  const command = [process.execPath, '--import', 'tsx', 'generator/cli.ts', 'generate'];
  const { status, stderr } = spawnSync('bash', ['-c', TIMED, 'bash', ...command], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: home, LANG: language, LC_ALL: language, TZ: zone },
  });
  process.umask(before);
  assert.is(status, 0, stderr);
  const [user, system] = (stderr.trim().split('\n').at(-1) ?? '').replaceAll(',', '.').split(' ').map(Number);
  const seconds = (user ?? NaN) + (system ?? NaN);
  const files = await listFiles(join(root, 'chart'));
  return { chart: new Map(files.map((file) => [file, readFileSync(join(root, 'chart', file))])), seconds };
}

test('it gives the bytes that are committed, in less than ten seconds of a processor', async ({ folder }) => {
  const committed = await listFiles(join(ROOT, 'chart'));
  for (const machine of MACHINES) {
    const { chart, seconds } = await generateOn(machine, folder);
    assert.equal([...chart.keys()].sort(), committed.toSorted(), machine.place);
    for (const [file, bytes] of chart) {
      assert.ok(bytes.equals(readFileSync(join(ROOT, 'chart', file))), `${file} differs in ${machine.place}`);
    }
    process.stdout.write(`\n    generated in ${seconds.toFixed(1)} s of a processor\n`);
    assert.ok(seconds < LONGEST, `${seconds} s`);
  }
});

test.run();
