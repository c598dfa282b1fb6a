/** Names all that decides what a run finds, so that it can be told whether a result is still one of the present tree. */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from './tools.ts';

/** What decides a result. Paths count from the project's root. */
export interface Inputs {
  /** Modules that make it, with all that they import of the tests. */
  readonly modules: readonly string[];
  /** Modules among those that only say or keep what was found, or that only choose what is run. */
  readonly apart: readonly string[];
  /** Other files, and folders with all that is in them. */
  readonly files: readonly string[];
  /** Names of things outside of the project, such as images, that change with their content. */
  readonly words: readonly string[];
}

/** What is imported for its types alone leaves no trace in a run. */
const IMPORT = /^(?:import|export) (?!type\b)(?:[^;']*? from )?'(\.{1,2}\/[^']+)';/gm;

/** A name that changes with the inputs. */
export function digestOf(inputs: Inputs): string {
  const hash = createHash('sha256');
  for (const file of [...modulesOf(inputs), ...inputs.files.flatMap(filesBelow)]) {
    hash.update(file);
    hash.update(readFileSync(join(ROOT, file)));
  }
  for (const word of inputs.words) hash.update(word);
  return hash.digest('hex').slice(0, 16);
}

/** The modules of the tests that take part, the given ones included. */
export function modulesOf({ modules, apart }: Pick<Inputs, 'modules' | 'apart'>): readonly string[] {
  const [found, left] = [new Set<string>(), [...modules]];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (found.has(file) || apart.includes(file) || !file.startsWith('test/')) continue;
    found.add(file);
    left.push(...importsOf(file));
  }
  return [...found].sort();
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(IMPORT)].map(([, path = '']) => relative(ROOT, join(ROOT, dirname(file), path)));
}

function filesBelow(path: string): readonly string[] {
  const full = join(ROOT, path);
  if (!existsSync(full) || !statSync(full).isDirectory()) return [path];
  const entries = readdirSync(full, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => relative(ROOT, join(entry.parentPath, entry.name))).sort();
}
