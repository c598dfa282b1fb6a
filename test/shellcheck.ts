/** Checks every shell script of the project at the strictest level, in the folders where people edit them. */
import { spawnSync } from 'node:child_process';

const listed = spawnSync(
  'git',
  [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    '*.sh',
    '.ci/run',
    'test/cluster/images/files/*/usr/bin/*',
  ],
  {
    encoding: 'utf8',
  },
);
// Of the chart's copies only the engines' scripts are new: the others are checked where people edit them.
const isCopy = (file: string): boolean => file.startsWith('chart/') && !file.includes('/engine-');
const scripts = listed.stdout.split('\n').filter((file) => file !== '' && !isCopy(file));
const folders = ['SCRIPTDIR', 'chart/files', '.'].map((folder) => `--source-path=${folder}`);
const options = ['--severity=style', '--external-sources', ...folders];
const checked = spawnSync('shellcheck', [...options, '--', ...scripts], { stdio: 'inherit' });

if (checked.error !== undefined) {
  process.stderr.write(
    'shellcheck is missing. Install the package shellcheck of your distribution, then run this again.\n',
  );
}
process.exitCode = checked.status ?? 1;
