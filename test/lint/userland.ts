/**
 * Refuses what the oldest bash and coreutils of the images lack, in every script that runs in one. Which those are, the engine table says.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../../generator/files/list-files.ts';
import { ENGINES } from '../../schema/engines.ts';
import { oldest } from '../../schema/engines/userland.ts';
import { ROOT } from '../support/tools.ts';
import { findLacks, needless } from './userland/check.ts';
import { NEVER_EMPTY } from './userland/never-empty.ts';

const SOURCES = 'generator/templates/files';
const MADE = 'chart/files';

/** The scripts by their paths below files/. Those that the chart only copies are read where people edit them. */
async function readAll(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const folder of [MADE, SOURCES]) {
    for (const file of await listFiles(join(ROOT, folder))) if (file.endsWith('.sh')) found.set(file, folder);
  }
  return found;
}

const folders = await readAll();
const scripts = new Map(
  [...folders].map(([file, folder]) => [file.replace(/\.sh$/, ''), readFileSync(join(ROOT, folder, file), 'utf8')] as const),
);
const versions = oldest(ENGINES.flatMap(({ userlands }) => [userlands.server, ...Object.values(userlands.clone)]));
const sentences = [...folders].flatMap(([file, folder]) => {
  const name = file.replace(/\.sh$/, '');
  return findLacks(name, scripts.get(name) ?? '', versions, NEVER_EMPTY).map(({ line, lack, text }) => {
    const version = `${lack.package} ${versions[lack.package]}`;
    return `${folder}/${file}:${line}: ${text}: ${lack.name} needs ${lack.package} ${lack.since}, and an image has ${version}. ${lack.why} ${lack.instead}`;
  });
});
const left = needless(scripts, NEVER_EMPTY).map(
  ({ script, array }) => `test/lint/userland/never-empty.ts: ${script} needs no line about ${array} any more: take it out.`,
);
for (const sentence of [...sentences, ...left]) process.stderr.write(`${sentence}\n`);
if (scripts.size === 0) throw new Error(`There is no script below ${SOURCES}.`);
process.exitCode = sentences.length + left.length === 0 ? 0 : 1;
