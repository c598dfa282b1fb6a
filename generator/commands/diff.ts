import { Command } from 'commander';
import type { Change, Level } from '../compare/change.ts';
import { chartChanges } from '../compare/chart-changes.ts';
import { chartLines, propose, type Proposal } from '../compare/propose.ts';
import { readChart, type Chart } from '../compare/read-chart.ts';
import { print, printJson, style, tableLines, type Cell } from './terminal.ts';

interface Options {
  readonly check?: true;
  readonly json?: true;
}

const LOOKS: Readonly<Record<Level, (text: string) => string>> = {
  major: style.red,
  minor: style.yellow,
  patch: style.green,
};

/** `mysql-sts diff`: what an upgrade means for people's values files. */
export function diffCommand(): Command {
  return new Command('diff')
    .summary('Say what a new version of the chart breaks, and which number it should have')
    .description(
      'Compares two versions of a chart, each a folder or a packed .tgz, by the values files that they accept:\n' +
        'what is refused now is major, what can be said beyond that is minor, everything else is patch.',
    )
    .argument('<old>', 'folder or archive of the old version')
    .argument('<new>', 'folder or archive of the new version')
    .option('--check', "exit with 1 when the new chart's own version is too low")
    .option('--json', 'print the changes for programs')
    .action(async (oldChart: string, newChart: string, { check, json }: Options) => {
      const before = await readChart(oldChart);
      const after = await readChart(newChart);
      const changes = chartChanges(before, after);
      const proposal = propose(changes, before.version, after.version);
      if (check === true && !proposal.isMet) process.exitCode = 1;
      if (json === true) printJson(answer(before, after, changes, proposal));
      else report(before, after, changes, proposal);
    });
}

function answer(before: Chart, after: Chart, changes: readonly Change[], proposal: Proposal): object {
  const { name } = before;
  return { chart: name, from: before.version, to: after.version, ...proposal, changes, chartYaml: chartLines(proposal, changes) };
}

function report(before: Chart, after: Chart, changes: readonly Change[], proposal: Proposal): void {
  const { level, version, reason, isMet } = proposal;
  print(`${style.bold(before.name)} ${before.version} → ${after.version}\n`);
  const rows = changes.map((change): readonly Cell[] => [
    { text: change.level, look: LOOKS[change.level] },
    { text: change.subject, look: style.bold },
    { text: change.sentence },
  ]);
  for (const line of tableLines(rows)) print(line);
  if (changes.length > 0) print();
  print(`${level === undefined ? 'no change' : LOOKS[level](level)}: ${reason}.`);
  print(isMet ? `${style.green('✔')} ${after.version} is high enough.` : `${style.red('✖')} ${after.version} is too low; use ${version}.`);
  print(`\n${style.dim('# Chart.yaml')}\n${chartLines(proposal, changes).trimEnd()}`);
}
