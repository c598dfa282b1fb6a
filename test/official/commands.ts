/**
 * Asks every official image for the commands that schema/engines says scripts may use there. The test images contain only
 * those, so a command that an image lacks would be missed by no other test.
 */
import { spawnSync } from 'node:child_process';
import { ENGINES, type EngineImage } from '../../schema/engines.ts';

/** What the scripts call of the package that the table names as one. */
const COREUTILS = (
  'basename cat chmod cp cut date df dirname du head id ls mkdir mkfifo mktemp mv od rm sha256sum sleep sort stat sync tail timeout ' +
  'touch tr wc'
).split(' ');

const QUESTION = 'for name in "$@"; do command -v "$name" >/dev/null || printf "%s\\n" "$name"; done';

interface Asked {
  readonly image: string;
  readonly commands: readonly string[];
}

const nameOf = ({ repository, tag }: EngineImage): string => `docker.io/${repository}:${tag}`;

function askedOf(engine: (typeof ENGINES)[number]): readonly Asked[] {
  const tools = Object.entries(engine.cloneImages).filter(([method]) => method === 'xtrabackup');
  return [
    { image: nameOf(engine.serverImage), commands: engine.commands.server },
    ...tools.map(([, image]) => ({ image: nameOf(image), commands: engine.commands.clone.xtrabackup ?? [] })),
  ];
}

/** The line about an image, and whether all is well. */
function answer({ image, commands }: Asked): readonly [line: string, isGood: boolean] {
  const names = commands.flatMap((command) => (command === 'coreutils' ? COREUTILS : [command]));
  const args = ['run', '--rm', '--network', 'none', '--entrypoint', 'bash', image, '-c', QUESTION, 'bash', ...names];
  const { status, stdout, stderr, error } = spawnSync('docker', args, { encoding: 'utf8' });
  if (status !== 0) return [`not checked  ${image}: ${(error?.message ?? stderr).trim().split('\n')[0] ?? ''}`, false];
  return stdout === '' ? [`has all      ${image}`, true] : [`lacks        ${image}: ${stdout.trim().replaceAll('\n', ' ')}`, false];
}

const wanted = process.env['ENGINE'] ?? '';
for (const asked of ENGINES.filter(({ name }) => ['', name].includes(wanted)).flatMap(askedOf)) {
  const [line, isGood] = answer(asked);
  process.stdout.write(`${line}\n`);
  if (!isGood) process.exitCode = 1;
}
