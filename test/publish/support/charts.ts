import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archive, type ArchivedFile } from '../../../release/archive.ts';
import { chartFiles } from '../../../release/chart-files.ts';
import { ROOT } from '../../support/tools.ts';

/** Texts to put in the place of others, by file. */
export type Changes = Readonly<Record<string, readonly (readonly [from: string | RegExp, to: string])[]>>;

/** The chart's version, in the words of Chart.yaml. */
export const version = (text: string): Changes[string][number] => [/^version: .*$/m, `version: ${text}`];

let files: readonly ArchivedFile[] | undefined;

/** Packs the chart with changes into a folder, and returns the archive. */
export async function packChanged(folder: string, name: string, changes: Changes): Promise<string> {
  files ??= await chartFiles(ROOT);
  const changed = files.map((file) => ({ ...file, content: replaced(file, changes[file.path] ?? []) }));
  const archived = join(folder, name);
  writeFileSync(archived, archive('mysql-sts', changed));
  return archived;
}

function replaced({ path, content }: ArchivedFile, changes: Changes[string]): Uint8Array {
  let text = Buffer.from(content).toString();
  for (const [from, to] of changes) {
    const next = text.replace(from, to);
    if (next === text) throw new Error(`${path} has nothing like ${String(from)}.`);
    text = next;
  }
  return Buffer.from(text);
}
