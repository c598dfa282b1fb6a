/** What coreutils have learnt since 8.22, of the programs that the engine table lets scripts use. Versions are from coreutils' own NEWS. */
import { isWithinFunction, type Lack } from './lack.ts';

/** An option that a program did not have. */
function option(program: string, options: string, since: string, instead: string, refused: string, accepted: string): Lack {
  return {
    name: `${program} ${options}`,
    package: 'coreutils',
    since,
    nodes: ['command'],
    pattern: new RegExp(`^(${program})\\s([^]*\\s)?(${options})(?![\\w-])`),
    why: 'The program does not know it, and fails.',
    instead,
    refused: [refused],
    accepted,
  };
}

const SYNC: Lack = {
  name: 'sync with arguments',
  package: 'coreutils',
  since: '8.24',
  nodes: ['command'],
  pattern: /^(?:\w+=\S*\s+)*sync\s+\S/,
  excuses: (node) => isWithinFunction(node, 'sync_to_disk'),
  why: 'sync fails at an option, and at a file warns and writes back everything.',
  instead: 'Call sync_to_disk (lib/files.sh).',
  refused: ['sync "$1"', 'sync --file-system /var/lib/mysql', 'LC_ALL=C sync "$1"'],
  accepted: 'sync_to_disk "$1"',
};

const PROGRAMS: Lack = {
  name: 'a program',
  package: 'coreutils',
  since: '8.25',
  nodes: ['command_name'],
  pattern: /^(base32|b2sum|basenc)$/,
  why: 'There is no such program.',
  instead: 'Use od or sha256sum.',
  refused: ['b2sum "$file"', 'base32 < "$file"'],
  accepted: 'sha256sum "$file"',
};

/** All that coreutils have learnt since 8.22 and a script of ours could want. */
export const COREUTILS_LACKS: readonly Lack[] = [
  SYNC,
  PROGRAMS,
  option('od', '--endian=\\w+', '8.23', 'Read single bytes.', 'od --endian=big file', 'od -t x1 file'),
  option('dd', 'status=progress', '8.24', 'Look at the size of what it writes.', 'dd status=progress if=a of=b', 'dd if=a of=b'),
  option('tee', '-p|--output-error\\S*', '8.24', 'Do without.', 'tee --output-error=warn file', 'tee file'),
  option('comm|cut|head|paste|tail', '-\\w*z\\w*|--zero-terminated', '8.25', 'Use lines, or bash.', 'head -z -n 1 file', 'head -n 1 file'),
  option('\\w+sum', '--ignore-missing', '8.25', 'Ask for each file.', 'sha256sum --check --ignore-missing sums', 'sha256sum --check sums'),
  option('date', '--debug', '8.26', 'Do without.', 'date --debug --date="$x"', 'date --date="$x"'),
  option('env', '-C|--chdir\\S*', '8.28', 'Write (cd FOLDER && COMMAND).', 'env --chdir=/tmp ls', '(cd /tmp && ls)'),
  option('timeout', '-v|--verbose', '8.29', 'Look at the status, 124.', 'timeout --verbose 5 sleep 9', 'timeout 5 sleep 9'),
  option('\\w+sum', '-z|--zero', '8.30', 'Use lines.', 'sha256sum --zero file', 'sha256sum file'),
  option('env', '-S|-v|--split-string\\S*|--debug', '8.30', 'Use an array of bash.', 'env --split-string="a b"', 'env a b'),
  option('cp', '--reflink=never', '8.30', 'Leave --reflink out.', 'cp --reflink=never a b', 'cp --reflink=auto a b'),
  option('rm', '--preserve-root=all', '8.30', 'Do without.', 'rm --preserve-root=all -r a', 'rm -r a'),
  option('env', '--(default|ignore|block)-signal\\S*', '8.31', 'Use trap.', 'env --ignore-signal=TERM a', 'env a'),
  option('stat', '--cached\\S*', '8.32', 'Do without.', 'stat --cached=never file', 'stat file'),
  option('ls', '--time=birth|--zero', '8.32', 'Use find.', 'ls --time=birth', 'ls --time=ctime'),
  option('cp|mv|install', '--debug|--no-copy|--update=\\S+', '9.2', 'Compare first.', 'mv --no-copy a b', 'mv --no-target-directory a b'),
  option('wc', '--total\\S*', '9.2', 'Read the last line.', 'wc --lines --total=only a b', 'wc --lines a b'),
];
