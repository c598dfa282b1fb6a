import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CONTRACT_FILE } from '../../generator/rules/contract.ts';
import { assertGolden } from '../support/golden.ts';
import { mysqlSts, pack, transcript } from '../support/packed.ts';
import { CHART as OWN_CHART } from '../support/tools.ts';

const test = suite('bad input', { folder: '' });

const GOLDEN = fileURLToPath(new URL('golden/bad-input/', import.meta.url));
const DEADLINE = 30_000;

/** An alias of aliases of aliases: 150 bytes that stand for thousands of millions of values. */
function bomb(link: (names: string) => string): string {
  const lines = Array.from({ length: 12 }, (_, level) =>
    level === 0
      ? 'a0: &a0 {x: 1}'
      : `a${level}: &a${level} ${link(
          Array<string>(9)
            .fill(`*a${level - 1}`)
            .join(', '),
        )}`,
  );
  return `${lines.join('\n')}\n`;
}

const CHART = 'apiVersion: v2\nname: other\nversion: 1.0.0\n';

/** Files that are small or large, and would fill a memory. */
function writeBig(write: (file: string, content: string) => void): void {
  write('large.yaml', `initdb:\n  scripts:\n    a.sql: |\n${`      ${'x'.repeat(99)}\n`.repeat(50_000)}`);
  write('many-keys.yaml', `initdb:\n  scripts:\n${Array.from({ length: 40_000 }, (_, n) => `    s${n}.sql: ""\n`).join('')}`);
  write(
    'bomb.yaml',
    bomb((names) => `[${names}]`),
  );
  write(
    'merge-bomb.yaml',
    bomb((names) => `{<<: [${names}]}`),
  );
  write('brackets.yaml', `storage: ${'['.repeat(50_000)}`);
  write('dashes.yaml', '- '.repeat(50_000));
}

test.before((context) => {
  pack();
  context.folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  const write = (file: string, content: string | Uint8Array): void => {
    mkdirSync(join(context.folder, file, '..'), { recursive: true });
    writeFileSync(join(context.folder, file), content);
  };
  writeBig(write);
  write('binary.yaml', new Uint8Array([0xff, 0xfe, 0x00, 0xd8]));
  write('folder/values.yaml', 'engine: mysql-9.7\n');
  write('good.yaml', 'engine: mysql-9.7\n');
  write('other/Chart.yaml', CHART);
  write('other/values.schema.json', '{"type": "object"}');
  write('no-schema/Chart.yaml', CHART.replace('other', 'mysql-sts'));
  write('broken-chart/Chart.yaml', 'name: [');
  write('foreign-schema/Chart.yaml', CHART.replace('other', 'mysql-sts'));
  write('foreign-schema/values.schema.json', '{"type": "object", "oneOf": []}');
  const newer = (folder: string, file: string, from: string, to: string): void => {
    cpSync(OWN_CHART, join(context.folder, folder), { recursive: true });
    write(`${folder}/Chart.yaml`, CHART.replace('other', 'mysql-sts'));
    write(`${folder}/${file}`, readFileSync(join(OWN_CHART, file), 'utf8').replace(from, to));
  };
  newer('newer', CONTRACT_FILE, '"rules": {', '"rules": {"no-friday": {"reads": [], "brokenWhen": {}},');
  newer(
    'more-engines',
    CONTRACT_FILE,
    '"mysql-9.7": {',
    '"mysql-9.9": {"methods": [], "upgradesFrom": [], "server": {"series": ""}, "clone": {}}, "mysql-9.7": {',
  );
  newer('before-contract', 'values.yaml', '', '');
  rmSync(join(context.folder, 'before-contract', CONTRACT_FILE));
  write('not-packed.tgz', 'not an archive');
  write('throws.ts', 'throw new Error("no defaults today");\n');
  write('nothing.ts', 'export const defaults = {};\n');
  write('cycle.ts', 'const a: Record<string, unknown> = {};\na["a"] = a;\nexport default a;\n');
});
test.after(({ folder }) => {
  rmSync(folder, { recursive: true });
});

const OWN = 'CHART';

/** Calls, with the status and the code that they must end with. CHART stands for the chart of the package. */
const CASES: readonly (readonly [call: string, status: 1 | 2, code: string])[] = [
  ['check', 2, 'USAGE'],
  ['check missing.yaml', 2, 'FILE_MISSING'],
  ['check good.yaml/below', 2, 'FILE_MISSING'],
  ['check folder', 2, 'FILE_IS_FOLDER'],
  ['check large.yaml', 2, 'FILE_TOO_LARGE'],
  ['check /dev/zero', 2, 'FILE_TOO_LARGE'],
  ['check binary.yaml', 2, 'NOT_TEXT'],
  ['check bomb.yaml', 1, 'TOO_MANY_ALIASES'],
  ['check merge-bomb.yaml', 1, 'TOO_MANY_ALIASES'],
  ['check brackets.yaml', 1, 'NESTED_TOO_DEEP'],
  ['check dashes.yaml', 1, 'NESTED_TOO_DEEP'],
  ['check --jsno good.yaml', 2, 'USAGE'],
  ['check good.yaml --chart folder', 2, 'NOT_A_CHART'],
  ['chekc good.yaml', 2, 'USAGE'],
  ['explain storage.sise', 2, 'UNKNOWN_PATH'],
  ['explain size', 2, 'UNKNOWN_PATH'],
  ['explain qqq', 2, 'UNKNOWN_PATH'],
  ['explain engine.name', 2, 'UNKNOWN_PATH'],
  ['explain scheduling.affinity.nodeAfinity', 2, 'UNKNOWN_PATH'],
  ['images -f missing.yaml', 2, 'FILE_MISSING'],
  ['images --copy crane', 2, 'USAGE'],
  ['images --copy rsync --to harbor.example.com', 2, 'USAGE'],
  ['images --copy crane --to https://harbor.example.com', 2, 'BAD_NAME'],
  [`diff ${OWN}`, 2, 'USAGE'],
  [`diff ${OWN} missing`, 2, 'FILE_MISSING'],
  [`diff ${OWN} folder`, 2, 'NOT_A_CHART'],
  [`diff ${OWN} other`, 2, 'OTHER_CHART'],
  [`diff ${OWN} no-schema`, 2, 'NO_SCHEMA'],
  [`diff ${OWN} broken-chart`, 2, 'NOT_A_CHART'],
  [`diff ${OWN} foreign-schema`, 2, 'NOT_A_CHART'],
  [`diff ${OWN} not-packed.tgz`, 2, 'BROKEN_ARCHIVE'],
  ['generate --output folder', 2, 'FOLDER_IN_USE'],
  ['generate --output good.yaml', 2, 'FOLDER_IN_USE'],
  ['generate --output good.yaml/below', 2, 'NOT_WRITABLE'],
  ['check good.yaml --chart newer', 2, 'OTHER_VERSION'],
  ['check good.yaml --chart before-contract', 2, 'OTHER_VERSION'],
  ['images --chart newer', 2, 'OTHER_VERSION'],
  ['images --chart more-engines', 2, 'OTHER_VERSION'],
  ['generate --name My_Chart', 2, 'BAD_NAME'],
  ['generate --chart-version one', 2, 'BAD_NAME'],
  ['generate --defaults missing.yaml', 2, 'FILE_MISSING'],
  ['generate --defaults missing.ts', 2, 'FILE_MISSING'],
  ['generate --defaults not-packed.tgz', 2, 'BAD_DEFAULTS_FILE'],
  ['generate --defaults throws.ts', 2, 'BAD_DEFAULTS_FILE'],
  ['generate --defaults nothing.ts', 2, 'BAD_DEFAULTS_FILE'],
  ['generate --defaults cycle.ts', 2, 'BAD_DEFAULTS_FILE'],
];

for (const [call, status, code] of CASES) {
  test(`${call} ends with ${status} and ${code}`, ({ folder }) => {
    const chart = join(pack().folder, 'node_modules/mysql-sts/chart');
    const answer = mysqlSts(
      call.split(' ').map((word) => (word === OWN ? chart : word)),
      { cwd: folder },
    );
    const seen = transcript(call.split(' '), answer).replaceAll(chart, OWN).replaceAll(folder, '(here)');
    assert.is(answer.status, status, seen);
    assert.match(seen, `[${code}]`);
    assert.not.match(seen, /\n\s+at /);
    assertGolden(join(GOLDEN, `${call.replaceAll(/[^-\w.]+/g, '_')}.txt`), seen);
  });
}

test('a reader that has seen enough ends the program without a word', () => {
  const program = join(pack().folder, 'node_modules/mysql-sts/dist/generator/cli.js');
  const { stderr } = spawnSync('bash', ['-c', '"$0" "$1" explain --json | head -c 1', process.execPath, program], { encoding: 'utf8' });
  assert.is(stderr, '');
});

test('a failure is JSON, too, where that was asked for', ({ folder }) => {
  const { status, stdout } = mysqlSts(['check', 'missing.yaml', '--json'], { cwd: folder });
  assert.is(status, 2);
  const answer: unknown = JSON.parse(stdout);
  assert.match(JSON.stringify(answer), /"code":"FILE_MISSING"/);
});

test('forty thousand keys are read in seconds', ({ folder }) => {
  const started = performance.now();
  const { status, stderr } = mysqlSts(['check', 'many-keys.yaml'], { cwd: folder });
  assert.is(status, 0, stderr);
  assert.ok(performance.now() - started < DEADLINE);
});

test.run();
