import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineCommand, runMain } from 'citty';
import { GeneratorError } from './errors.ts';
import { generateChart } from './generate.ts';
import { packageVersion } from './package-version.ts';
import { writeChart } from './phases/write-chart.ts';
import { chartMistakes } from './verify.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const chart = {
  type: 'string',
  description: 'Folder of the chart',
  default: relative('.', join(ROOT, 'chart')),
} as const;

const generate = defineCommand({
  meta: { name: 'generate', description: 'Write the chart from the values model and the templates' },
  args: { chart },
  run: ({ args }) =>
    reportMistakes(async () => {
      const files = await generateChart(ROOT);
      await writeChart(args.chart, files);
      print(`${args.chart}: ${files.length} files written`);
      return [];
    }),
});

const verify = defineCommand({
  meta: { name: 'verify', description: 'Fail when the chart is not what the sources give' },
  args: { chart },
  run: ({ args }) =>
    reportMistakes(async () => {
      const files = await generateChart(ROOT);
      const mistakes = await chartMistakes(args.chart, files);
      if (mistakes.length === 0) print(`${args.chart}: ${files.length} files are what the sources give`);
      return mistakes;
    }),
});

/** Prints mistakes in the sources as sentences. Anything else is a defect of the generator and keeps its stack. */
async function reportMistakes(work: () => Promise<readonly GeneratorError[]>): Promise<void> {
  const mistakes = await work().catch((error: unknown) => {
    if (error instanceof GeneratorError) return [error];
    throw error;
  });
  for (const mistake of mistakes) process.stderr.write(`${mistake.toString()}\n`);
  if (mistakes.length > 0) process.exitCode = 1;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

await runMain(
  defineCommand({
    meta: {
      name: 'mysql-sts',
      version: await packageVersion(ROOT),
      description: 'Replicated MySQL and MariaDB on Kubernetes: the chart and its values',
    },
    subCommands: { generate, verify },
  }),
);
