import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GeneratorError } from '../errors/generator-error.ts';

/** The headings of Keep a Changelog, and the words of Artifact Hub for them. */
const KINDS = {
  Added: 'added',
  Changed: 'changed',
  Deprecated: 'deprecated',
  Removed: 'removed',
  Fixed: 'fixed',
  Security: 'security',
} as const;

/** Something that a version brings. */
export interface ReleaseChange {
  readonly kind: (typeof KINDS)[keyof typeof KINDS];
  readonly description: string;
}

/** What CHANGELOG.md says of a version. An edition has a history of its own: where the file is not, there are none. */
export async function readChanges(root: string, version: string): Promise<readonly ReleaseChange[]> {
  const file = join(root, 'CHANGELOG.md');
  return existsSync(file) ? changesOf(await readFile(file, 'utf8'), version) : [];
}

/** The entries below the heading of a version, each on one line. */
export function changesOf(text: string, version: string): readonly ReleaseChange[] {
  const changes: ReleaseChange[] = [];
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`## ${version} `) || line === `## ${version}`) + 1;
  if (start === 0)
    throw new GeneratorError('CHANGELOG', 'CHANGELOG.md', 1, `There is no heading "## ${version}". Say below it what is new.`);
  let kind: ReleaseChange['kind'] | undefined;
  for (const [index, line] of lines.slice(start).entries()) {
    if (line.startsWith('## ')) break;
    if (line.startsWith('### ')) kind = kindOf(line.slice(4), start + index + 1);
    else if (kind !== undefined && line.startsWith('- ')) changes.push({ kind, description: line.slice(2) });
    else if (line.startsWith('  ')) continueLast(changes, line);
  }
  return changes;
}

function kindOf(heading: string, line: number): ReleaseChange['kind'] {
  for (const [word, kind] of Object.entries(KINDS)) {
    if (word === heading) return kind;
  }
  throw new GeneratorError('CHANGELOG', 'CHANGELOG.md', line, `${heading} is no kind of change. Use ${Object.keys(KINDS).join(', ')}.`);
}

function continueLast(changes: ReleaseChange[], line: string): void {
  const last = changes.pop();
  if (last !== undefined) changes.push({ ...last, description: `${last.description} ${line.trim()}` });
}
