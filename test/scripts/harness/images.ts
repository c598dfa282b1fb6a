/** The test images' root file systems, built when they are not in the cache. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EngineName } from '../../../schema/engines.ts';
import { imageFolder } from '../../cluster/images/cache.ts';
import { METRICS, recipesFor } from '../../cluster/images/recipes.ts';

const run = promisify(execFile);
const BUILD = join(import.meta.dirname, '../../cluster/images/build.sh');

const building = new Map<string, Promise<void>>();

/** The folder of an exporter's image, or of Prometheus'. */
export async function metricsRoot(name: 'mysqld-exporter' | 'node-exporter' | 'prometheus'): Promise<string> {
  return rootOf(METRICS, name);
}

/** The folder of an engine's image: its server's, or its XtraBackup's (a stand-in, see the image's recipe). */
export async function imageRoot(engine: EngineName, kind: 'server' | 'xtrabackup'): Promise<string> {
  return rootOf(engine, `${engine}-${kind}`);
}

async function rootOf(word: string, wanted: string): Promise<string> {
  const recipe = recipesFor([word]).find(({ name }) => name === wanted);
  if (recipe === undefined) throw new Error(`There is no test image ${wanted}.`);
  const { rootfs } = imageFolder(recipe);
  if (!existsSync(rootfs)) {
    const build = building.get(word) ?? buildImages(word);
    building.set(word, build);
    await build;
  }
  return rootfs;
}

async function buildImages(word: string): Promise<void> {
  process.stderr.write(`Building the test images of ${word}; the first time this takes a minute.\n`);
  await run(BUILD, [word]);
}
