/** Writes docs/performance.md and its plots from one run of the benchmark. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../generator/package-root.ts';
import { COPY_RATE } from './measures/copy.ts';
import { cloneOf, growthWith, INSTALL, RESTART } from './measures/life.ts';
import { AGENT_CPU, AGENT_MEMORY, WRITES_ALONE, WRITES_SERVING } from './measures/rest.ts';
import { inChain, inRounds } from './measures/rounds.ts';
import { barPlot } from './plot.ts';
import { CONTENDERS, TUTORIAL, type Ledger, type Measurement } from './support.ts';

/** What a run was made with. */
export interface RunOptions {
  readonly megabytes: number;
  readonly restSeconds: number;
  readonly seconds: number;
}

/** What a measurement must not exceed (a share of the tutorial's, or an amount), by the project's own aims. */
interface Aim {
  readonly what: string;
  readonly aim: string;
  readonly plot: string;
}

const SIMULATED_PODS = [2, 3, 6, 12, 25, 50, 100];

function aims(megabytes: number): readonly Aim[] {
  return [
    { what: INSTALL, aim: 'at most 0.8 of the tutorial\'s', plot: 'install' },
    { what: RESTART, aim: 'at most 0.5 of the tutorial\'s', plot: 'restart' },
    { what: cloneOf(megabytes), aim: 'at most 0.5 of the tutorial\'s', plot: 'clone' },
    { what: COPY_RATE, aim: 'at least 0.7 of the limit', plot: 'copy' },
    { what: growthWith(megabytes), aim: 'at most 0.5 of the tutorial\'s', plot: 'growth' },
    { what: AGENT_CPU, aim: 'at most 10 millicores', plot: 'agent-processor' },
    { what: AGENT_MEMORY, aim: 'at most 24 MiB', plot: 'agent-memory' },
    { what: WRITES_ALONE, aim: 'told for comparison', plot: 'writes-alone' },
    { what: WRITES_SERVING, aim: 'told for comparison', plot: 'writes-serving' },
  ];
}

function rowsOf(ledger: Ledger, { what }: Aim): readonly Measurement[] {
  return ledger.measurements.filter((each) => each.what === what);
}

function section(ledger: Ledger, aim: Aim): readonly string[] {
  const rows = rowsOf(ledger, aim);
  const base = ledger.find(aim.what, TUTORIAL.title);
  const ratio = (value: number): string => (base === undefined ? '–' : (value / base).toFixed(2));
  return [
    `## ${aim.what}`,
    '',
    `Aim: ${aim.aim}.`,
    '',
    '| who | measured | ratio to the tutorial |',
    '| --- | --- | --- |',
    ...rows.map(({ contender, value, unit }) => `| ${contender} | ${value.toFixed(1)} ${unit} | ${ratio(value)} |`),
    '',
    `![${aim.what}](performance/${aim.plot}.svg)`,
    '',
  ];
}

function simulation(ledger: Ledger, megabytes: number): readonly string[] {
  const rates = CONTENDERS.map(({ title }) => {
    const rate = ledger.find(COPY_RATE, title) ?? NaN;
    const whole = ledger.find(cloneOf(megabytes), title) ?? NaN;
    const copy = megabytes / rate;
    return { title, copy, start: Math.max(0, whole - copy) };
  });
  const cell = (title: string, pods: number, rate: { copy: number; start: number }): string =>
    (title === TUTORIAL.title ? inChain(pods, rate) : inRounds(pods, rate)).toFixed(0);
  return [
    '## Many pods, by simulation',
    '',
    'Seconds until the last pod is Ready, from the rates above, for a network and disks that no two copies share. A donor serves one',
    'copy at a time and every pod that is Ready is a donor, so the time grows with the logarithm; the tutorial copies one after the other.',
    '',
    `| pods | ${rates.map(({ title }) => title).join(' | ')} |`,
    `| --- | ${rates.map(() => '---').join(' | ')} |`,
    ...SIMULATED_PODS.map((pods) => `| ${pods} | ${rates.map((rate) => cell(rate.title, pods, rate)).join(' | ')} |`),
    '',
  ];
}

function head({ megabytes, restSeconds, seconds }: RunOptions): readonly string[] {
  const commit = execFileSync('git', ['-C', PACKAGE_ROOT, 'rev-parse', '--short=12', 'HEAD'], { encoding: 'utf8' }).trim();
  const [processor] = cpus();
  return [
    '# Performance',
    '',
    `Made by \`make bench\` on ${new Date().toISOString().slice(0, 10)} at ${commit}, in ${(seconds / 60).toFixed(0)} min; edit the tests, not this page.`,
    `Everything was measured in one run on one machine with ${cpus().length} processors (${processor?.model ?? 'unknown'}), on one node, with ${megabytes} MB`,
    `of rows, the agent for ${restSeconds} s. What counts is the ratio. Servers and clone tools are the real ones but for the tutorial's XtraBackup, whose`,
    'stand-in copies files while the donor is locked and has nothing to prepare, which favours the tutorial.',
    '',
  ];
}

/** Writes the page and the plots. */
export function writePage(ledger: Ledger, options: RunOptions): void {
  const folder = join(PACKAGE_ROOT, 'docs/performance');
  mkdirSync(folder, { recursive: true });
  const told = aims(options.megabytes).filter((aim) => rowsOf(ledger, aim).length > 0);
  for (const aim of told) {
    const rows = rowsOf(ledger, aim);
    const bars = rows.map(({ contender, value }) => ({ label: contender, value }));
    writeFileSync(join(folder, `${aim.plot}.svg`), barPlot(aim.what, rows[0]?.unit ?? '', bars));
  }
  const lines = [...head(options), ...told.flatMap((aim) => section(ledger, aim)), ...simulation(ledger, options.megabytes)];
  writeFileSync(join(PACKAGE_ROOT, 'docs/performance.md'), lines.join('\n'));
}
