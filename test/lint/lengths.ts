/** Counts the lines of scripts and templates: ESLint's max-lines sees TypeScript alone. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { listFiles } from '../../generator/files/list-files.ts';
import { ROOT } from '../support/tools.ts';

const FOLDER = join(ROOT, 'generator/templates');
const MOST = 200;

/** A sentence when a script or template of this name has too many lines. Values files are as long as there are values. */
export function tooLong(file: string, text: string, most = MOST): string | undefined {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (!/\.(sh|hbs)$/.test(file) || lines <= most) return undefined;
  return `${file} has ${lines} lines, more than ${most}. Split it by what its parts do.`;
}

async function main(): Promise<void> {
  const files = await listFiles(FOLDER);
  const sentences = files.flatMap((file) => tooLong(relative(ROOT, join(FOLDER, file)), readFileSync(join(FOLDER, file), 'utf8')) ?? []);
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  process.exitCode = sentences.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
