/** Where test images are in the cache. A folder is named by a hash of all that its content depends on, and complete if it exists. */

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Base, Layer, Recipe } from './recipes.ts';

const SCRIPTS = ['rootfs.sh', 'oci.ts'].map((name) => join(import.meta.dirname, name));
const OVERLAY_SCRIPT = join(import.meta.dirname, 'overlay.sh');

/** The project's cache, outside the checkout. */
export const CACHE = resolve(
  process.env['MYSQL_STS_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'mysql-sts'),
);

/** What is in the folder of an image. */
export interface ImageFolder {
  readonly folder: string;
  /** The unpacked root file system. */
  readonly rootfs: string;
  /** An OCI archive, to be imported. */
  readonly archive: string;
  /** Names the manifest's digest, by which a node knows what it has. */
  readonly digest: string;
}

/** The folder of an image, whether it is built or not. */
export function imageFolder(recipe: Recipe): ImageFolder {
  const inputs = recipe.kind === 'pause' ? [recipe.source] : [OVERLAY_SCRIPT, ...recipe.layers.flatMap(filesOf)];
  const folder = join(CACHE, 'images', `${recipe.name}-${hash(recipe, inputs)}`);
  return {
    folder,
    rootfs: join(folder, 'rootfs'),
    archive: join(folder, 'image.tar'),
    digest: join(folder, 'digest'),
  };
}

/** The folder of a base, whether it is built or not. */
export function baseFolder(base: Base): string {
  return join(CACHE, 'images', `base-${base.suite}-${hash(base, [])}`);
}

/** Paths count relative to here, so that two checkouts share what is equal. */
function hash(value: Base | Recipe, files: readonly string[]): string {
  const digest = createHash('sha256');
  digest.update(JSON.stringify(value).replaceAll(import.meta.dirname, ''));
  for (const file of [...SCRIPTS, ...files]) digest.update(readFileSync(file));
  return digest.digest('hex').slice(0, 16);
}

function filesOf(layer: Layer): readonly string[] {
  return layer.kind === 'tree' ? filesBelow(layer.folder) : [];
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
