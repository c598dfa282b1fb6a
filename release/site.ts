/** Writes the pages that the site is built from:  release/site.ts FOLDER */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PACKAGE_ROOT } from '../generator/files/package-root.ts';
import { siteFiles } from './site/pages.ts';

const folder = resolve(process.argv[2] ?? join(PACKAGE_ROOT, 'dist/pages'));
rmSync(folder, { recursive: true, force: true });
for (const { target, content } of siteFiles(PACKAGE_ROOT)) {
  mkdirSync(dirname(join(folder, target)), { recursive: true });
  writeFileSync(join(folder, target), content);
}
