/** Builds test images into the cache, unless they are there. */

import { spawn } from 'node:child_process';
import { existsSync, openSync, closeSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CACHE, baseFolder, imageFolder } from './cache.ts';
import { writeImage, type ImageConfig } from './oci.ts';
import type { Base, Layer, Recipe } from './recipes.ts';

const ROOTFS = join(import.meta.dirname, 'rootfs.sh');
const OVERLAY = join(import.meta.dirname, 'overlay.sh');
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const REPORT_EVERY_MS = 5000;

/** Builds what is missing of these images, and says on standard error how it goes. */
export async function buildImages(recipes: readonly Recipe[]): Promise<void> {
  const missing = recipes.filter((recipe) => !existsSync(imageFolder(recipe).folder));
  for (const [index, recipe] of missing.entries()) {
    say(`Test image ${String(index + 1)} of ${String(missing.length)}: ${recipe.image}`);
    await complete(imageFolder(recipe).folder, (folder) => buildImage(recipe, folder));
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Lets `make` fill a folder, which gets its name when it is complete. */
async function complete(folder: string, make: (part: string) => Promise<void>): Promise<void> {
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  await make(part);
  await rename(part, folder);
}

async function buildImage(recipe: Recipe, folder: string): Promise<void> {
  const rootfs = join(folder, 'rootfs');
  const config = await makeRootfs(recipe, rootfs);
  const packing = writeImage({ name: recipe.image, rootfs, config }, join(folder, 'image.tar'), join(folder, 'oci'));
  await writeFile(join(folder, 'digest'), await reported('packing', packing));
}

async function makeRootfs(recipe: Recipe, rootfs: string): Promise<ImageConfig> {
  switch (recipe.kind) {
    case 'pause':
      await script(ROOTFS, 'compiling', ['pause', rootfs, recipe.source]);
      return { Env: [], Cmd: ['/pause'], Labels: {} };
    case 'server': {
      const base = await ensureBase(recipe.base);
      const overlay = `${rootfs}-overlay`;
      for (const layer of recipe.layers) await addLayer(overlay, layer);
      await script(ROOTFS, 'cutting it from its base', ['image', rootfs, base, overlay, ...recipe.commands]);
      await rm(overlay, { recursive: true });
      return {
        Env: [`PATH=${PATH}`],
        Cmd: [recipe.entrypoint ?? 'bash'],
        Labels: { 'mysql-sts.test-image': await contentOf(recipe.content, base) },
      };
    }
  }
}

async function addLayer(overlay: string, layer: Layer): Promise<void> {
  switch (layer.kind) {
    case 'tree':
      return script(OVERLAY, 'copying files', [overlay, 'tree', layer.folder]);
    case 'server':
      return script(OVERLAY, `fetching ${layer.artifact}`, [overlay, 'server', layer.artifact, layer.sha256]);
    case 'client':
      return script(OVERLAY, 'adding client programs', [overlay, 'client', await ensureBase(layer.base)]);
    case 'version':
      return script(OVERLAY, 'naming the stand-in', [overlay, 'version', layer.version]);
  }
}

async function contentOf(content: { readonly words: string } | { readonly package: string }, base: string): Promise<string> {
  return 'words' in content ? content.words : `Debian ${content.package} ${await packageVersion(base, content.package)}`;
}

async function ensureBase(base: Base): Promise<string> {
  const folder = baseFolder(base);
  if (!existsSync(folder)) {
    await complete(folder, (part) =>
      script(ROOTFS, `installing ${String(base.packages.length)} packages of Debian ${base.suite}`, [
        'base',
        part,
        base.suite,
        ...base.packages,
      ]),
    );
  }
  return folder;
}

async function packageVersion(base: string, name: string): Promise<string> {
  const status = await readFile(join(base, 'var/lib/dpkg/status'), 'utf8');
  const entry = status.split('\n\n').find((paragraph) => paragraph.startsWith(`Package: ${name}\n`));
  return /^Version: (?:\d+:)?(.*)$/m.exec(entry ?? '')?.[1] ?? 'of unknown version';
}

async function script(file: string, what: string, args: readonly string[]): Promise<void> {
  const log = join(CACHE, 'log', 'images.log');
  await mkdir(join(CACHE, 'log'), { recursive: true });
  const fd = openSync(log, 'a');
  try {
    await reported(what, exitOf(file, args, fd, log));
  } finally {
    closeSync(fd);
  }
}

function exitOf(file: string, args: readonly string[], fd: number, log: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', fd, fd] });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${basename(file)} ${args.slice(0, 3).join(' ')} ended with status ${String(code)}. See the end of ${log}.`));
    });
  });
}

/** Says every few seconds that something is still going on, and at the end how long it took. */
async function reported<T>(what: string, work: Promise<T>): Promise<T> {
  const from = Date.now();
  const seconds = (): string => `${((Date.now() - from) / 1000).toFixed(0)} s`;
  const timer = setInterval(() => {
    say(`  ${what}: ${seconds()}`);
  }, REPORT_EVERY_MS);
  try {
    const result = await work;
    say(`  ${what}: done in ${seconds()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
