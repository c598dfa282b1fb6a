/** Checks every shell script of the project at the strictest level, in the folders where people edit them. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { shellFiles } from './lint/shell-files.ts';

// Of the chart's copies only the engines' scripts are new: the others are checked where people edit them.
const engines = readdirSync('chart/files').filter((name) => name.startsWith('engine-'));
const scripts = [...shellFiles(), ...engines.map((name) => `chart/files/${name}`)];
const folders = ['SCRIPTDIR', 'chart/files', '.'].map((folder) => `--source-path=${folder}`);
const options = ['--severity=style', '--external-sources', ...folders];
const checked = spawnSync('shellcheck', [...options, '--', ...scripts], { stdio: 'inherit' });

if (checked.error !== undefined) {
  process.stderr.write('shellcheck is missing. Install the package shellcheck of your distribution, then run this again.\n');
}
process.exitCode = checked.status ?? 1;
