/**
 * Asks every official image for the commands that schema/engines says scripts may use there, and for the versions of its shell and tools. The
 * test images contain only those commands, and newer programs, so what an image lacks would be missed by no other test.
 */
import { spawnSync } from 'node:child_process';
import { ENGINES, type EngineImage } from '../../schema/engines.ts';
import { userlandMismatch, type Userland } from '../../schema/engines/userland.ts';

/** What the scripts call of the package that the table names as one. */
const COREUTILS = (
  'basename cat chmod cp cut date df dirname du head id ls mkdir mkfifo mktemp mv od rm sha256sum sleep sort stat sync tail timeout ' +
  'touch tr wc'
).split(' ');

const QUESTION = 'for name in "$@"; do command -v "$name" >/dev/null || printf "%s\\n" "$name"; done';

/** The versions, one a line, after the commands that are missing and an empty line. */
const VERSIONS = 'printf "\\n%s\\n" "${BASH_VERSION%%[^0-9.]*}"; sort --version | sed -n "1s/.* //p"';

interface Asked {
  readonly image: string;
  readonly userland: Userland;
  readonly commands: readonly string[];
}

const nameOf = ({ repository, tag }: EngineImage): string => `docker.io/${repository}:${tag}`;

function askedOf(engine: (typeof ENGINES)[number]): readonly Asked[] {
  const tools = Object.entries(engine.cloneImages).filter(([method]) => method === 'xtrabackup');
  return [
    { image: nameOf(engine.serverImage), commands: engine.commands.server, userland: engine.userlands.server },
    ...tools.map(([, image]) => ({
      image: nameOf(image),
      commands: engine.commands.clone.xtrabackup ?? [],
      userland: engine.userlands.clone.xtrabackup ?? engine.userlands.server,
    })),
  ];
}

/** The line about an image, and whether all is well. */
function answer({ image, commands, userland }: Asked): readonly [line: string, isGood: boolean] {
  const names = commands.flatMap((command) => (command === 'coreutils' ? COREUTILS : [command]));
  const args = ['run', '--rm', '--network', 'none', '--entrypoint', 'bash', image, '-c', `${QUESTION}; ${VERSIONS}`, 'bash', ...names];
  const { status, stdout, stderr, error } = spawnSync('docker', args, { encoding: 'utf8' });
  if (status !== 0) return [`not checked  ${image}: ${(error?.message ?? stderr).trim().split('\n')[0] ?? ''}`, false];
  const [missing = '', versions = ''] = stdout.trimEnd().split(/^\n/m);
  const [bash = '', coreutils = ''] = versions.split('\n');
  const mismatch = userlandMismatch(userland, { bash, coreutils });
  if (missing !== '') return [`lacks        ${image}: ${missing.trim().replaceAll('\n', ' ')}`, false];
  return mismatch === undefined ? [`has all      ${image}`, true] : [`other        ${image}: ${mismatch}`, false];
}

const wanted = process.env['ENGINE'] ?? '';
for (const asked of ENGINES.filter(({ name }) => ['', name].includes(wanted)).flatMap(askedOf)) {
  const [line, isGood] = answer(asked);
  process.stdout.write(`${line}\n`);
  if (!isGood) process.exitCode = 1;
}
