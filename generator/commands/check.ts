import { Command } from 'commander';
import { countLeaves, type Entry } from '../check/entry.ts';
import { judgedBy } from '../compare/own-measures.ts';
import { readChart } from '../compare/read-chart.ts';
import { chartOption } from './chart-option.ts';
import { findingJson, findingLines } from './render-findings.ts';
import { note, print, printJson, style } from './terminal.ts';
import { judgeFiles, type JudgedFiles } from './values-files.ts';

interface Options {
  readonly chart: string;
  readonly json?: true;
}

/** `mysql-sts check`: what Helm would refuse, and where it is. */
export function checkCommand(): Command {
  return new Command('check')
    .summary('Find every mistake in values files')
    .description(
      'Finds every mistake in values files: misspelt keys, wrong values, values that do not fit together.\n' +
        'Several files are merged in their order, as helm -f a -f b does, and each mistake is shown in its file.\n' +
        'The exit status is 1 when there are mistakes, 2 when a file cannot be read.',
    )
    .argument('<file...>', 'values files; - is the standard input')
    .addOption(chartOption(', whose defaults and schema count'))
    .option('--json', 'print the findings for programs')
    .action(async (files: readonly string[], { chart, json }: Options) => {
      const judged = await judgeFiles(files, await judgedBy(await readChart(chart)));
      if (judged.findings.length > 0) process.exitCode = 1;
      if (json === true) printJson({ files: judged.files, findings: judged.findings.map(findingJson) });
      else if (judged.findings.length > 0) report(judged);
      else print(`${style.green('✔')} ${filesText(judged.files)}: ${goodText(judged.entry)}`);
    });
}

/** Prints findings for people. */
export function report({ files, findings }: Pick<JudgedFiles, 'files' | 'findings'>): void {
  for (const finding of findings) print(`${findingLines(finding).join('\n')}\n`);
  const count = findings.length === 1 ? 'one mistake' : `${findings.length} mistakes`;
  note(`${style.red('✖')} ${count} in ${filesText(files)}`);
}

function filesText(files: readonly string[]): string {
  return files.length === 1 ? String(files[0]) : `${files.length} files`;
}

function goodText(entry: Entry): string {
  if (entry.content.kind === 'map' && entry.content.entries.size === 0) return 'sets nothing, so every default stands';
  const count = countLeaves(entry);
  return `no mistakes, ${count === 1 ? 'one value' : `${count} values`} set`;
}
