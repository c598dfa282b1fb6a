/** The files of the chart's scripts, and which of them each program loads. */

import { listFiles } from '../../generator/files/list-files.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './tools.ts';

/** Where people edit the scripts; the engines' own are made from the engine table, so they are only in the chart. */
const SOURCES = join(ROOT, 'generator/templates/files');
const MADE = join(ROOT, 'chart/files');

/** The scripts by their names without the ending: run/agent. */
export type Scripts = ReadonlyMap<string, Script>;

export interface Script {
  /** Absolute path. */
  readonly path: string;
  readonly text: string;
  /** What its line `load` names, in that order. */
  readonly loads: readonly string[];
}

/** Reads all scripts of the chart. */
export async function readScripts(): Promise<Scripts> {
  const own = (await listFiles(SOURCES)).filter((file) => file.endsWith('.sh')).map((file) => join(SOURCES, file));
  const made = (await listFiles(MADE)).filter((file) => file.startsWith('engine/engine-')).map((file) => join(MADE, file));
  const engines = made.map((path) => nameOf(path));
  const all = await Promise.all(
    [...own, ...made].sort().map(async (path): Promise<[string, Script]> => {
      const text = await readFile(path, 'utf8');
      return [nameOf(path), { path, text, loads: loadsOf(text, engines) }];
    }),
  );
  return new Map(all);
}

/** Everything that a script loads, each after what it loads itself; lib/load first, the script last. */
export function closureOf(scripts: Scripts, name: string): readonly string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (current: string): void => {
    if (seen.has(current)) return;
    seen.add(current);
    const script = scripts.get(current);
    if (script === undefined) throw new Error(`${name} loads ${current}, and there is no such script.`);
    script.loads.forEach(visit);
    found.add(current);
  };
  visit('lib/load');
  visit(name);
  return [...found];
}

function nameOf(path: string): string {
  return path.split('/').slice(-2).join('/').replace(/\.sh$/, '');
}

/** Which engine it is, is known only in the pod: any of them. */
function loadsOf(text: string, engines: readonly string[]): readonly string[] {
  const words = [...text.matchAll(/^load (.+)$/gm)].flatMap(([, list = '']) => list.replaceAll('"', '').split(' '));
  return words.flatMap((word) => {
    if (word === 'engine/engine-$POD_ENGINE') return engines;
    return word === 'engine/family-$ENGINE_FAMILY' ? ['engine/family-mysql', 'engine/family-mariadb'] : [word];
  });
}
