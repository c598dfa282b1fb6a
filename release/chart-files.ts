import { generateChart } from '../generator/generate.ts';
import type { ArchivedFile } from './archive.ts';

/** The chart's files, as the model makes them: what else lies in chart/ on a machine does not get in. */
export async function chartFiles(root: string): Promise<readonly ArchivedFile[]> {
  const files = await generateChart(root);
  // .helmignore leaves them out, too: they are for chart-testing.
  const packed = files.filter(({ path }) => !path.startsWith('ci/'));
  return packed.map(({ path, text }) => ({ path, content: Buffer.from(text), isProgram: false }));
}
