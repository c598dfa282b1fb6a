import { execFileSync } from 'node:child_process';
import { ROOT } from '../support/tools.ts';

/** Scripts that have no ending which says so. */
const NAMELESS = ['.ci/run', 'test/cluster/images/files/*/usr/bin/*'];

/** Every shell script of the project in the folders where people edit them, as paths from its root. chart/ has copies. */
export function shellFiles(): readonly string[] {
  const args = ['-C', ROOT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '*.sh', ...NAMELESS];
  const files = execFileSync('git', args, { encoding: 'utf8' }).split('\0');
  return files.filter((file) => file !== '' && !file.startsWith('chart/'));
}
