import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The chart as it is committed. */
export const CHART = join(ROOT, 'chart');

/** The path of a program or folder that the project builds: on PATH, or where `make tools` puts it. */
export function tool(name: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), builtTools()];
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} is not built yet. Run make tools.`);
  return found;
}

let folder: string | undefined;

/** The folder of built tools, whether they are there or not. */
function builtTools(): string {
  folder ??= execFileSync('bash', [join(ROOT, 'tools/path.sh')], { encoding: 'utf8' }).trim();
  return folder;
}
