/** Builds test images into the cache, unless they are there. */

import { spawn } from 'node:child_process';
import { existsSync, openSync, closeSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE, baseFolder, imageFolder } from './cache.ts';
import { writeImage, type ImageConfig } from './oci.ts';
import type { Base, Recipe } from './recipes.ts';

const ROOTFS = join(import.meta.dirname, 'rootfs.sh');
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
      await rootfsScript('compiling', ['pause', rootfs, recipe.source]);
      return { Env: [], Cmd: ['/pause'], Labels: {} };
    case 'server': {
      const base = await ensureBase(recipe.base);
      await rootfsScript('cutting it from its base', ['image', rootfs, base, recipe.files, ...recipe.commands]);
      const version = await packageVersion(base, recipe.package);
      return {
        Env: [`PATH=${PATH}`],
        Cmd: ['bash'],
        Labels: { 'mysql-sts.test-image': `Debian ${recipe.package} ${version}` },
      };
    }
  }
}

async function ensureBase(base: Base): Promise<string> {
  const folder = baseFolder(base);
  if (!existsSync(folder)) {
    await complete(folder, (part) =>
      rootfsScript(`installing ${String(base.packages.length)} packages of Debian ${base.suite}`, ['base', part, base.suite, ...base.packages]),
    );
  }
  return folder;
}

async function packageVersion(base: string, name: string): Promise<string> {
  const status = await readFile(join(base, 'var/lib/dpkg/status'), 'utf8');
  const entry = status.split('\n\n').find((paragraph) => paragraph.startsWith(`Package: ${name}\n`));
  return /^Version: (?:\d+:)?(.*)$/m.exec(entry ?? '')?.[1] ?? 'of unknown version';
}

async function rootfsScript(what: string, args: readonly string[]): Promise<void> {
  const log = join(CACHE, 'log', 'images.log');
  await mkdir(join(CACHE, 'log'), { recursive: true });
  const fd = openSync(log, 'a');
  try {
    await reported(what, exitOf(args, fd, log));
  } finally {
    closeSync(fd);
  }
}

function exitOf(args: readonly string[], fd: number, log: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(ROOTFS, args, { stdio: ['ignore', fd, fd] });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`rootfs.sh ${args.slice(0, 3).join(' ')} ended with status ${String(code)}. See the end of ${log}.`));
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
