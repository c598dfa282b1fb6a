/** The table of docs/failover-model.md, which a run writes between two marks of the page. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/tools.ts';
import type { Outcome } from './check.ts';

/** The page that has the table. */
export const PAGE = join(ROOT, 'docs/failover-model.md');
const BEGIN = '<!-- written by make model -->';
const END = '<!-- end of what make model writes -->';

/** A page with this table between its marks instead of the one that was there. */
export function withTable(page: string, outcomes: readonly Outcome[]): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`The page has no lines "${BEGIN}" and "${END}". Put them where the table belongs.`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${table(outcomes).join('\n')}\n\n${page.slice(end)}`;
}

/** Writes the table into the page. */
export function writeTable(outcomes: readonly Outcome[]): void {
  writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), outcomes));
}

function table(outcomes: readonly Outcome[]): readonly string[] {
  const lines = outcomes.map(({ variant, states, seconds, seen }) => {
    const flags = `\`${[variant.model, ...variant.defines].join(' ')}\``;
    return `| ${[variant.name, variant.reason, flags, states.toLocaleString('en'), seconds.toFixed(1), variant.expected, seen].join(' | ')} |`;
  });
  return [
    '| variant | why | model and words | states | seconds | expected | seen |',
    '| --- | --- | --- | ---: | ---: | --- | --- |',
    ...lines,
  ];
}
