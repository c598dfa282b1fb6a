/**
 * Builds the test images of some engines, or of all that can be had; build.sh calls it.
 *
 *     node --import tsx main.ts [ENGINE...]
 *
 * Prints name, archive, digest and root file system of each image, tab-separated.
 */

import { readFileSync } from 'node:fs';
import { buildImages } from './build.ts';
import { imageFolder } from './cache.ts';
import { TESTABLE_ENGINES, recipesFor, type Recipe } from './recipes.ts';

function line(recipe: Recipe): string {
  const { archive, digest, rootfs } = imageFolder(recipe);
  return [recipe.image, archive, readFileSync(digest, 'utf8'), rootfs].join('\t') + '\n';
}

async function main(engines: readonly string[]): Promise<void> {
  const recipes = recipesFor(engines.length > 0 ? engines : TESTABLE_ENGINES);
  await buildImages(recipes);
  for (const recipe of recipes) process.stdout.write(line(recipe));
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
