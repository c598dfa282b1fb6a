/** Folders as the kubelet makes them of ConfigMaps and Secrets: links through a folder that is swapped as a whole. */

import { chmod, chown, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The pods' group, which the kubelet gives such files to. */
const GROUP = 999;

/** Makes the folder hold exactly these files, in one step where it exists. A name may have a folder before it. */
export async function project(folder: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const before = await readdir(folder);
  const tops = new Set(Object.keys(files).flatMap((name) => name.split('/').slice(0, 1)));
  const data = `..${String(process.hrtime.bigint())}`;
  await mkdir(join(folder, data));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, data, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    await chown(path, 0, GROUP);
    await chmod(path, 0o440);
  }
  for (const top of tops) if (!before.includes(top)) await symlink(join('..data', top), join(folder, top));
  await symlink(data, join(folder, '..data.new'));
  await rename(join(folder, '..data.new'), join(folder, '..data'));
  for (const name of before) if (name !== '..data' && !tops.has(name)) await rm(join(folder, name), { recursive: true });
}
