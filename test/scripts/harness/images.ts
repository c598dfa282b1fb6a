/** The test images' root file systems, built when they are not in the cache. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EngineName } from '../../../schema/engines.ts';
import { imageFolder } from '../../cluster/images/cache.ts';
import { recipesFor } from '../../cluster/images/recipes.ts';

const run = promisify(execFile);
const BUILD = join(import.meta.dirname, '../../cluster/images/build.sh');

const building = new Map<EngineName, Promise<void>>();

/** The folder of an engine's image: its server's, or its XtraBackup's (a stand-in, see the image's recipe). */
export async function imageRoot(engine: EngineName, kind: 'server' | 'xtrabackup'): Promise<string> {
  const recipe = recipesFor([engine]).find(({ name }) => name === `${engine}-${kind}`);
  if (recipe === undefined) throw new Error(`There is no test image ${engine}-${kind}.`);
  const { rootfs } = imageFolder(recipe);
  if (!existsSync(rootfs)) {
    const build = building.get(engine) ?? buildImages(engine);
    building.set(engine, build);
    await build;
  }
  return rootfs;
}

async function buildImages(engine: EngineName): Promise<void> {
  process.stderr.write(`Building the test images of ${engine}; the first time this takes a minute.\n`);
  await run(BUILD, [engine]);
}
