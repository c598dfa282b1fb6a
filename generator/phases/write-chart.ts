import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ChartFile } from '../files/chart-file.ts';
import { listFiles } from '../files/list-files.ts';
import { PROVENANCE } from './mark-provenance.ts';

/** What a source may no longer give. A marked file of another place or kind is a copy that a person made, such as values-prod.yaml. */
const GOES = /^(?:templates|files|ci)\/.*\.(?:yaml|tpl|txt|sh|json)$/;

/** Writes the chart and removes what an earlier run wrote and no source gives any more. Nobody else's file is touched. */
export async function writeChart(folder: string, files: readonly ChartFile[]): Promise<void> {
  const { outdated } = await otherFiles(folder, files);
  await Promise.all(outdated.map((path) => rm(join(folder, path))));
  await Promise.all(
    files.map(async ({ path, text }) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }),
  );
}

/** What lies in a folder and is not of the chart: what an earlier run wrote, and what is somebody else's. */
export async function otherFiles(
  folder: string,
  files: readonly ChartFile[],
): Promise<{ readonly outdated: readonly string[]; readonly foreign: readonly string[] }> {
  const wanted = new Set(files.map((file) => file.path));
  const others = (await listFiles(folder)).filter((path) => !wanted.has(path));
  const marks = await Promise.all(others.map(async (path) => GOES.test(path) && (await isMarked(join(folder, path)))));
  return {
    outdated: others.filter((_, index) => marks[index]),
    foreign: others.filter((_, index) => !marks[index]),
  };
}

/** The mark stands in the first line, or in the second below one that has to stay first. */
async function isMarked(file: string): Promise<boolean> {
  const [first = '', second = ''] = (await readFile(file, 'utf8')).split('\n', 2);
  return first.includes(PROVENANCE) || second.includes(PROVENANCE);
}
