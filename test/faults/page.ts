/** Writes docs/faults.md from the results:  node --import tsx test/faults/page.ts */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../support/tools.ts';
import { BASELINE } from './catalogue/baseline.ts';
import { FAULTS, NOT_RUN, type ListedFault } from './catalogue.ts';
import { digestFor, faultResults, type Result } from './support/results.ts';
import { concerns, MARIADB, MYSQL, TUTORIAL, type Subject } from './support/subjects.ts';

const PAGE = join(ROOT, 'docs/faults.md');
const SUBJECTS: readonly Subject[] = [TUTORIAL, MYSQL, MARIADB];
/** Behind what was seen on another tree than the present one. */
const OLD = '†';

/** A result with the words for it. */
interface Cell {
  readonly verdict: string;
  readonly result: Result | undefined;
}

function cellOf(fault: ListedFault, subject: Subject, results: readonly Result[]): Cell {
  if (!concerns(fault, subject)) return { verdict: '–', result: undefined };
  const result = results.find((each) => each.fault === fault.name && each.subject === subject.name);
  if (result === undefined) return { verdict: 'not run', result };
  const outcome = result.held ? `${result.recovery.toFixed(0)} s` : subject === TUTORIAL ? '**not survived**' : '**failed**';
  return { verdict: result.digest === digestFor(fault, subject) ? outcome : `${outcome} ${OLD}`, result };
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)];
}

type CellOf = (fault: ListedFault, subject: Subject) => Cell;

function overview(cell: CellOf): readonly string[] {
  const rows = FAULTS.map((fault) => [fault.name, ...SUBJECTS.map((subject) => cell(fault, subject).verdict)]);
  return table(['fault', ...SUBJECTS.map(({ title }) => title)], rows);
}

function baseline(cell: CellOf): readonly string[] {
  const rows = BASELINE.map(({ what, fault: name }) => {
    const fault = FAULTS.find((each) => each.name === name);
    if (fault === undefined) throw new Error(`The catalogue has no fault "${name}". Name in catalogue/baseline.ts one that it has.`);
    return [what, ...SUBJECTS.map((subject) => cell(fault, subject).verdict)];
  });
  return table(['fault', 'before: the tutorial', `after: ${MYSQL.title}`, `after: ${MARIADB.title}`], rows);
}

/** What the clients went through, fault by fault. */
function details(subject: Subject, cell: CellOf): readonly string[] {
  const rows = FAULTS.flatMap((fault) => {
    const { verdict, result } = cell(fault, subject);
    if (result === undefined) return [];
    return [[fault.name, verdict, result.detail.replaceAll('|', '/').replaceAll(/\s+/g, ' '), result.date.slice(0, 10), result.commit]];
  });
  return [`### ${subject.title}`, '', ...table(['fault', 'result', 'what the clients saw', 'date', 'commit'], rows), ''];
}

function counts(cell: CellOf): readonly string[] {
  return SUBJECTS.map((subject) => {
    const cells = FAULTS.filter((fault) => concerns(fault, subject)).map((fault) => cell(fault, subject));
    const [seen, old] = [cells.flatMap(({ result }) => result ?? []), cells.filter(({ verdict }) => verdict.endsWith(OLD)).length];
    return `- ${subject.title}: ${seen.filter(({ held }) => held).length} of ${cells.length} survived, ${cells.length - seen.length} not run, ${old} seen on an older tree`;
  });
}

function page(results: readonly Result[]): string {
  const cell: CellOf = (fault, subject) => cellOf(fault, subject, results);
  const dates = results.map(({ date }) => date.slice(0, 10)).sort();
  return [
    '# Faults',
    '',
    `Made by \`make faults\` from what was seen from ${dates[0] ?? 'no day'} to ${dates.at(-1) ?? 'no day'}; edit the tests, not this page.`,
    'Each result has its own date and commit below. Whatever decides it, the chart, the test or the image, may have changed since:',
    `then it has a ${OLD} and is run again by the next \`make faults\`.`,
    '',
    'Each fault happens to a release of three pods with 150 MB while one client writes to the primary service and another reads from the',
    'read service. Afterwards every pod must be Ready, have the same history and the same checksums, and hold every row that was',
    'acknowledged; no answer of the read service may lack a row before one that it shows, nor be older than a minute; and the services must',
    'lead to the right pods. The number is the time from the fault, or from its end where it lasts, until all of that can be checked.',
    "Servers and clone tools are the real ones but for the tutorial's XtraBackup. Where the primary's volume is destroyed under its writer,",
    'what was lost is counted below. The tutorial need not keep to the age of answers, and gets 90 s, or less where nothing could change.',
    '',
    ...counts(cell),
    '',
    ...overview(cell),
    '',
    '## Before and after',
    '',
    'What the tutorial was tried with before there was a chart, from the same results.',
    '',
    ...baseline(cell),
    '',
    '## Not run',
    '',
    ...NOT_RUN.map(({ name, reason }) => `- ${name}: ${reason}.`),
    '',
    '## What the clients saw',
    '',
    ...SUBJECTS.flatMap((subject) => details(subject, cell)),
  ].join('\n');
}

/** Writes the page from all results that there are. */
export function writePage(): void {
  const results = faultResults().read();
  writeFileSync(PAGE, page(results));
  process.stdout.write(`docs/faults.md tells of ${results.length} results.\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writePage();
