import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { OWN_NAME } from '../edition/edition.ts';
import type { EditionOptions } from '../edition/read-edition.ts';
import { InputError } from '../errors/input-error.ts';
import type { ChartFile } from '../files/chart-file.ts';
import { PACKAGE_ROOT } from '../files/package-root.ts';
import { isFolder } from '../files/read-input.ts';
import type { Made } from '../generate.ts';
import { PROVENANCE } from '../phases/mark-provenance.ts';
import { otherFiles, writeChart } from '../phases/write-chart.ts';
import { phaseLog } from './phase-log.ts';
import { note, print, style } from './terminal.ts';

interface Options extends EditionOptions {
  readonly output: string;
}

/** `mysql-sts generate`: the chart, or an edition with a name and defaults of its own. */
export function generateCommand(): Command {
  return withEdition(new Command('generate'))
    .summary('Write the chart, or an edition of it with your own defaults')
    .description(
      'Writes the chart. With --defaults it becomes an edition of your own: the same templates and checks,\n' +
        'other defaults. They come from YAML, or from a module that ends in: export default defineDefaults({ … })',
    )
    .option('-o, --output <folder>', 'folder to write; what an earlier run wrote there is replaced', 'chart')
    .action(async ({ output, ...edition }: Options) => {
      const made = process.env['VERBOSE'] === '1' ? phaseLog() : undefined;
      const files = await generated(edition, made);
      await refuseForeignFolder(output, files);
      await writeChart(output, files).catch((error: unknown) => {
        throw unwritable(output, error);
      });
      made?.('write-chart', files);
      print(`${style.green('✔')} ${output}: ${files.length} files written`);
    });
}

/** `mysql-sts verify`: whether a chart on the disk is what the sources give. */
export function verifyCommand(): Command {
  return withEdition(new Command('verify'))
    .summary('Fail when a chart is not what generate would write')
    .option('--chart <folder>', 'folder of the chart', 'chart')
    .action(async ({ chart, ...edition }: EditionOptions & { readonly chart: string }) => {
      const { chartMistakes } = await import('../files/verify.ts');
      const files = await generated(edition);
      const mistakes = await chartMistakes(chart, files);
      for (const mistake of mistakes) note(mistake.toString());
      if (mistakes.length > 0) process.exitCode = 1;
      else print(`${style.green('✔')} ${chart}: ${files.length} files are what the sources give`);
    });
}

/** Loads the generator only now: the other commands answer sooner without it. */
async function generated(options: EditionOptions, made?: Made): Promise<readonly ChartFile[]> {
  const [{ generateChart }, { readEdition }] = await Promise.all([import('../generate.ts'), import('../edition/read-edition.ts')]);
  return generateChart(PACKAGE_ROOT, await readEdition(options), made);
}

function withEdition(command: Command): Command {
  return command
    .option('--defaults <file>', 'defaults of your edition: YAML, TypeScript or JavaScript')
    .option('--name <name>', 'name of the chart', OWN_NAME)
    .option('--chart-version <version>', "version of the chart; without it, this package's");
}

function unwritable(folder: string, error: unknown): InputError {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new InputError('NOT_WRITABLE', `${folder} cannot be written (${reason}). Check its path, its permissions and the disk.`);
}

/** A chart is all that its folder holds, so it must be new, empty, or as it was written before. */
async function refuseForeignFolder(folder: string, files: readonly ChartFile[]): Promise<void> {
  if (!existsSync(folder)) return;
  if (!(await isFolder(folder))) throw new InputError('FOLDER_IN_USE', `${folder} is a file. Name a folder.`);
  if ((await readdir(folder)).length === 0) return;
  const chartFile = join(folder, 'Chart.yaml');
  const isOurs = existsSync(chartFile) && (await readFile(chartFile, 'utf8')).startsWith(`# ${PROVENANCE}`);
  if (!isOurs) throw new InputError('FOLDER_IN_USE', `${folder} holds files that mysql-sts did not write. Name a new folder.`);
  const [first, ...others] = (await otherFiles(folder, files)).foreign;
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const sentence = `${folder} holds ${first}${more}, which mysql-sts did not write and Helm would pack with the chart. Move it elsewhere.`;
  throw new InputError('FOLDER_IN_USE', sentence);
}
