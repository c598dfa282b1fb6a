/**
 * Packs the chart and the command line: `release/package.ts [FOLDER]`. Both archives have the same bytes on every machine,
 * so whoever has the sources can check what was published. They have the same name, hence a folder each.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { OWN_NAME } from '../generator/edition/edition.ts';
import { PACKAGE_ROOT } from '../generator/files/package-root.ts';
import { packageVersion } from '../generator/files/package-version.ts';
import { archive } from './archive.ts';
import { chartFiles } from './chart-files.ts';
import { npmFiles } from './npm-files.ts';

const output = resolve(process.argv[2] ?? join(PACKAGE_ROOT, 'dist'));
const version = await packageVersion(PACKAGE_ROOT);

execFileSync('npm', ['run', '--silent', 'build'], { cwd: PACKAGE_ROOT, stdio: 'inherit' });
write('chart', archive(OWN_NAME, await chartFiles(PACKAGE_ROOT)));
write('npm', archive('package', npmFiles(PACKAGE_ROOT)));

function write(kind: 'chart' | 'npm', bytes: Uint8Array): void {
  const folder = join(output, kind);
  // An older version left beside the new one would be published by mistake.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${OWN_NAME}-${version}.tgz`);
  writeFileSync(file, bytes);
  const digest = createHash('sha256').update(bytes).digest('hex');
  process.stdout.write(`${relative('.', file)}  ${Math.ceil(bytes.byteLength / 1024)} KiB  sha256:${digest}\n`);
}
