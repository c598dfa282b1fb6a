/** Looks at the subjects of the commits since the habit began. Without their history (an archive, a shallow clone) it says so. */
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../support/tools.ts';

/** The last commit before the habit. */
const BASE = '19ff9ca5f0f7';
const MOST = 72;

/** A sentence for each line `HASH SUBJECT` whose subject is too long for the lists that Git prints. */
export function longSubjects(log: string): readonly string[] {
  return log.split('\n').flatMap((line) => {
    const [hash = '', ...words] = line.split(' ');
    const length = Array.from(words.join(' ')).length;
    return length > MOST ? [`Commit ${hash} has a subject of ${length} letters, more than ${MOST}: ${words.join(' ')}`] : [];
  });
}

function main(): void {
  const { status, stdout } = spawnSync('git', ['-C', ROOT, 'log', '--format=%h %s', `${BASE}..HEAD`], { encoding: 'utf8' });
  if (status !== 0) {
    process.stdout.write(`Subjects of commits were not looked at: the commit ${BASE} is not in this copy of the project.\n`);
    return;
  }
  const sentences = longSubjects(stdout);
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  process.exitCode = sentences.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
