/** Writes docs/faults.md from the results of the runs on this tree:  node --import tsx test/faults/page.ts */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../generator/package-root.ts';
import { FAULTS, NOT_RUN } from './catalogue.ts';
import type { Fault } from './support/fault.ts';
import { Results, type Result } from './support/results.ts';
import { CHART_SUBJECTS, TUTORIAL, type ChartSubject, type Subject } from './support/subjects.ts';

const SUBJECTS: readonly Subject[] = [TUTORIAL, ...CHART_SUBJECTS];

const results = new Results().read();

function resultOf(fault: Fault, subject: Subject): Result | undefined {
  return results.find((result) => result.fault === fault.name && result.subject === subject.name);
}

/** Some faults are of a method that only one subject has. */
function concerns({ methods }: Fault, subject: Subject): boolean {
  if (methods === undefined) return true;
  return isOfChart(subject) && methods.includes(subject.method);
}

function isOfChart(subject: Subject): subject is ChartSubject {
  return 'method' in subject;
}

/** A cell of the overview. */
function verdict(fault: Fault, subject: Subject): string {
  if (!concerns(fault, subject)) return '–';
  const result = resultOf(fault, subject);
  if (result === undefined) return 'not run';
  return result.held ? `${result.recovery.toFixed(0)} s` : subject === TUTORIAL ? '**not survived**' : '**failed**';
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function overview(): readonly string[] {
  return [
    row(['fault', ...SUBJECTS.map(({ title }) => title)]),
    row(['---', ...SUBJECTS.map(() => '---')]),
    ...FAULTS.map((fault) => row([fault.name, ...SUBJECTS.map((subject) => verdict(fault, subject))])),
  ];
}

/** What the clients went through, fault by fault. */
function details(subject: Subject): readonly string[] {
  const lines = FAULTS.flatMap((fault) => {
    const result = resultOf(fault, subject);
    return result === undefined ? [] : [row([fault.name, result.detail.replaceAll('|', '/').replaceAll('\n', ' ')])];
  });
  return [`### ${subject.title}`, '', row(['fault', 'what the clients saw']), row(['---', '---']), ...lines, ''];
}

function provenance(): string {
  const commits = [...new Set(results.map(({ commit }) => commit))];
  const dates = results.map(({ date }) => date.slice(0, 10)).sort();
  return `Made by \`make faults\` from ${dates[0] ?? 'no run'} to ${dates.at(-1) ?? 'no run'}, at ${commits.join(', ') || 'no commit'}; edit the tests, not this page.`;
}

function page(): string {
  return [
    '# Faults',
    '',
    provenance(),
    '',
    'Each fault happens to a release of three pods with 150 MB while one client writes to the primary service and another reads from the',
    'read service. Afterwards every pod must be Ready, have the same history and the same checksums, and hold every row that was',
    'acknowledged; no answer of the read service may lack a row before one that it shows, nor be older than a minute; and the services must',
    'lead to the right pods. The number is the time from the fault, or from its end where it lasts, until all of that can be checked.',
    'Servers and clone tools are the real ones. Where the primary\'s volume is destroyed under its writer, what was lost is counted below.',
    '',
    ...overview(),
    '',
    '## Not run',
    '',
    ...NOT_RUN.map(({ name, reason }) => `- ${name}: ${reason}.`),
    '',
    '## What the clients saw',
    '',
    ...SUBJECTS.flatMap(details),
  ].join('\n');
}

mkdirSync(join(PACKAGE_ROOT, 'docs'), { recursive: true });
writeFileSync(join(PACKAGE_ROOT, 'docs/faults.md'), page());
process.stdout.write(`docs/faults.md tells of ${results.length} results.\n`);
