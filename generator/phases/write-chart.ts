import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ChartFile } from '../chart-file.ts';
import { listFiles } from '../list-files.ts';

/** Writes the chart and removes whatever else lies in its folder. */
export async function writeChart(folder: string, files: readonly ChartFile[]): Promise<void> {
  const wanted = new Set(files.map((file) => file.path));
  const extra = (await listFiles(folder)).filter((path) => !wanted.has(path));
  await Promise.all(extra.map((path) => rm(join(folder, path))));
  await Promise.all(
    files.map(async ({ path, text }) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }),
  );
}
