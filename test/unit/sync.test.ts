/** What brings a file to the disk, with this machine's sync and with the one of coreutils 8.22, which takes neither files nor options. */

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ROOT } from '../support/tools.ts';

const test = suite('sync_to_disk');

const FILES = join(ROOT, 'generator/templates/files/lib/files.sh');
const BASH = process.env['MYSQL_STS_BASH'] ?? 'bash';

const folder = mkdtempSync(join(tmpdir(), 'sync-'));
const file = join(folder, 'record');
const done = join(folder, 'everything');

/**
 * Behaves as src/sync.c of coreutils 8.22: it gives getopt_long no table of options, so that all but --help is an option named "-" to it.
 * It leaves a note where the program would write everything back.
 */
const OLD_SYNC = `#!/bin/sh
case "$*" in
  --help) echo 'Usage: sync [OPTION]'; exit ;;
  *--*) printf '%s\\n' "sync: invalid option -- '-'" "Try 'sync --help' for more information." >&2; exit 1 ;;
  ?*) echo 'sync: ignoring all arguments' >&2 ;;
esac
: > ${done}
`;

const old = mkdtempSync(join(tmpdir(), 'sync-8.22-'));

test.before(() => {
  writeFileSync(file, '');
  writeFileSync(join(old, 'sync'), OLD_SYNC);
  chmodSync(join(old, 'sync'), 0o755);
});
test.before.each(() => {
  rmSync(done, { force: true });
});
test.after(() => {
  for (const made of [folder, old]) rmSync(made, { recursive: true });
});

function sync(path: string, ...words: readonly string[]): { readonly status: number | null; readonly output: string } {
  const command = 'set -Eeuo pipefail; . "$1"; shift; sync_to_disk "$@"';
  const { status, stdout, stderr } = spawnSync(BASH, ['-c', command, 'bash', FILES, ...words], {
    env: { PATH: path, LC_ALL: 'C.UTF-8' },
    // A socket on standard input makes bash read the user's settings.
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

const PATH = process.env['PATH'] ?? '';
const WAYS: readonly (readonly string[])[] = [[file], [folder], ['--file-system', folder]];

for (const words of WAYS) {
  const way = words.length === 1 ? (words[0] === file ? 'a file' : 'a folder') : 'a file system';
  test(`${way} is written back without a word`, () => {
    assert.equal(sync(PATH, ...words), { status: 0, output: '' });
  });
  test(`where sync cannot write back ${way} alone, everything is, without a word`, () => {
    assert.equal(sync(`${old}:${PATH}`, ...words), { status: 0, output: '' });
    assert.ok(existsSync(done));
  });
}

test('what cannot be written back is an error, in the words of sync', () => {
  const { status, output } = sync(PATH, join(folder, 'nothing'));
  assert.is(status, 1);
  assert.match(output, /nothing.*No such file or directory/);
});

test.run();
