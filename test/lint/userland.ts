/**
 * Refuses what the oldest bash and coreutils among the images lack, in all scripts of the pod. It reads lines, not programs: a construct that
 * is put together over several lines or in a variable is not seen. The unit tests and script tests with another bash see those
 * (MYSQL_STS_BASH, see CONTRIBUTING.md).
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listFiles } from '../../generator/files/list-files.ts';
import { ENGINES } from '../../schema/engines.ts';
import { oldest } from '../../schema/engines/userland.ts';
import { ROOT } from '../support/tools.ts';

/** Something that an old program cannot do. */
interface Lacking {
  readonly construct: string;
  readonly pattern: RegExp;
  /** Since which version it works. */
  readonly since: string;
  /** A line that is refused. */
  readonly fixture: string;
  /** A line that does the same and passes. */
  readonly instead: string;
}

/** Arrays that always have an element, so that bash 4.2 expands them. */
const NEVER_EMPTY = ['SERVER_COMMAND', 'lines', 'statements'];
const ARRAY = `(?!(?:${NEVER_EMPTY.join('|')})\\[)[A-Za-z_]\\w*`;

export const OLDEST = oldest(ENGINES.flatMap(({ userlands }) => [userlands.server, ...Object.values(userlands.clone)]));

export const LACKING: readonly Lacking[] = [
  {
    construct: 'an array that may be empty, expanded under set -u',
    pattern: new RegExp(`(?<!\\+)"[^"]*\\$\\{${ARRAY}\\[[@*]\\]\\}`),
    since: 'bash 4.4',
    fixture: 'for script in "${scripts[@]}"; do',
    instead: 'for script in ${scripts[@]+"${scripts[@]}"}; do',
  },
  {
    construct: 'a global map that is filled where it is declared',
    pattern: /\bdeclare -[a-z]*g[a-z]*A?[a-z]* \w+=\(/,
    since: 'bash 4.3',
    fixture: 'declare -gA STATUS=()',
    instead: 'declare -gA STATUS',
  },
  { construct: 'wait -n', pattern: /\bwait -n\b/, since: 'bash 4.3', fixture: 'wait -n', instead: 'wait "$process"' },
  {
    construct: 'a name reference',
    pattern: /\b(?:local|declare|typeset) -[a-zA-Z]*n[a-zA-Z]* /,
    since: 'bash 4.3',
    fixture: 'local -n map=$1',
    instead: 'local name=$1',
  },
  {
    construct: 'an expansion ${x@Q}',
    pattern: /\$\{\w+@[A-Za-z]\}/,
    since: 'bash 4.4',
    fixture: 'log "${x@Q}"',
    instead: 'printf "%q" "$x"',
  },
  {
    construct: 'mapfile -d',
    pattern: /\b(?:mapfile|readarray) (?:-[a-z]+ )*-d\b/,
    since: 'bash 4.4',
    fixture: "mapfile -d '' -t files",
    instead: 'mapfile -t files',
  },
  {
    construct: 'EPOCHSECONDS',
    pattern: /\bEPOCH(?:SECONDS|REALTIME)\b/,
    since: 'bash 5.0',
    fixture: 'now=$EPOCHSECONDS',
    instead: "printf -v now '%(%s)T' -1",
  },
  {
    construct: '[[ -v of an element of an array',
    pattern: /\[\[ (?:! )?-v \w+\[/,
    since: 'bash 4.3',
    fixture: '[[ -v STATUS[io] ]]',
    instead: '[[ -n ${STATUS[io]+known} ]]',
  },
  {
    construct: 'shopt -s inherit_errexit',
    pattern: /\bshopt -s (?:\w+ )*(?:inherit_errexit|localvar_inherit|assoc_expand_once)\b/,
    since: 'bash 4.4',
    fixture: 'shopt -s inherit_errexit',
    instead: 'shopt -s nullglob',
  },
  {
    construct: 'local -',
    pattern: /\blocal -(?:\s|$)/,
    since: 'bash 4.4',
    fixture: 'local -',
    instead: 'local options',
  },
  {
    construct: 'sync of a file or a file system',
    pattern: /(?<!LC_ALL=C )\bsync (?:-|"|\$)/,
    since: 'coreutils 8.24',
    fixture: 'sync --file-system "$1"',
    instead: 'sync_to_disk --file-system "$1"',
  },
  {
    construct: 'date --resolution',
    pattern: /\bdate --(?:resolution|debug)/,
    since: 'coreutils 9.1',
    fixture: 'date --resolution',
    instead: 'date -u',
  },
  {
    construct: 'timeout --verbose',
    pattern: /\btimeout (?:\S+ )*(?:--verbose|-v )/,
    since: 'coreutils 8.29',
    fixture: 'timeout --verbose 5 true',
    instead: 'timeout 5 true',
  },
  {
    construct: 'head, tail or cut of lines that end in NUL',
    pattern: /\b(?:head|tail|cut) (?:\S+ )*(?:-z\b|--zero-terminated)/,
    since: 'coreutils 8.25',
    fixture: 'head -z -n 1',
    instead: 'head -n 1',
  },
];

/** What an old program lacks of a text, without its comments. */
export function findLacking(text: string): readonly (Lacking & { readonly line: number })[] {
  return text.split('\n').flatMap((code, index) => {
    if (/^\s*#/.test(code)) return [];
    return LACKING.filter(({ pattern }) => pattern.test(code)).map((lacking) => ({ ...lacking, line: index + 1 }));
  });
}

async function main(): Promise<void> {
  const folder = join(ROOT, 'generator/templates/files');
  const files = (await listFiles(folder)).filter((file) => /\.sh(\.hbs)?$/.test(file));
  for (const file of files) {
    for (const { line, construct, since, instead } of findLacking(readFileSync(join(folder, file), 'utf8'))) {
      process.stderr.write(`generator/templates/files/${file}:${String(line)}: ${construct} needs ${since}. Write it as: ${instead}\n`);
      process.exitCode = 1;
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
