/** Compares the layout of every shell script with shfmt's by .editorconfig, and prints what differs; `--write` changes it. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../support/tools.ts';
import { shellFiles } from './shell-files.ts';

const mode = process.argv.includes('--write') ? ['--list', '--write'] : ['--diff'];
const { status } = spawnSync(join(ROOT, 'tools/with.sh'), ['lint', 'shfmt', ...mode, '--', ...shellFiles()], {
  cwd: ROOT,
  stdio: 'inherit',
});

if (status !== 0) process.stderr.write('Shell scripts differ from their layout. Run make format, and read what it changed.\n');
process.exitCode = status ?? 1;
