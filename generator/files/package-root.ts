import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package: a checkout, or what npm unpacked, where the code lies one folder deeper. */
export const PACKAGE_ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)));

/** The chart as it comes with this package. */
export const OWN_CHART = join(PACKAGE_ROOT, 'chart');

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new TypeError('The package has no package.json.');
  return rootAbove(parent);
}
