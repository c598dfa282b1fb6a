/** Text for a terminal, or for a file: plain where nobody sees colours. */

import { say } from '../support/progress.ts';

const IN_COLOUR = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';

/** Prints a heading. */
export function heading(text: string): void {
  say(`\n${IN_COLOUR ? `\u001b[1m${text}\u001b[0m` : text}`);
}

/** Prints rows as columns; the first row is the columns' names. */
export function table(rows: readonly (readonly string[])[]): void {
  const widths = rows.reduce<readonly number[]>((found, row) => row.map((cell, i) => Math.max(cell.length, found[i] ?? 0)), []);
  for (const row of rows) say(`  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')}`.trimEnd());
}
