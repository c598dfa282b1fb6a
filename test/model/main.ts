/**
 * Checks the model of the primary that moves, and every planted fault:
 *
 *     node --import tsx test/model/main.ts [--only WORD] [--json] [--trace]
 *
 * --only runs the variants with this word in their name or among their defines, --trace prints how each fault leads to a loss. A run of
 * all of them writes its table into docs/failover-model.md. Needs spin and gcc.
 */

import { parseArgs } from 'node:util';
import { note, print, printJson, style, tableLines, type Cell } from '../../generator/commands/terminal.ts';
import { check, isAsExpected, type Outcome } from './check.ts';
import { writeTable } from './page.ts';
import { VARIANTS, type Variant } from './variants.ts';

const { values } = parseArgs({
  options: { only: { type: 'string' }, json: { type: 'boolean', default: false }, trace: { type: 'boolean', default: false } },
});

function isMeant({ name, model, defines }: Variant): boolean {
  return values.only === undefined || [name, model, ...defines].some((text) => text.includes(values.only ?? ''));
}

function cells(outcome: Outcome): readonly Cell[] {
  const { variant, states, seconds, seen } = outcome;
  const look = isAsExpected(outcome) ? style.green : style.red;
  const texts = [variant.name, states.toLocaleString('en'), seconds.toFixed(1), variant.expected];
  return [...texts.map((text) => ({ text })), { text: seen, look }];
}

function show(outcomes: readonly Outcome[]): void {
  const head = ['variant', 'states', 'seconds', 'expected', 'seen'].map((text) => ({ text, look: style.bold }));
  for (const line of tableLines([head, ...outcomes.map(cells)])) print(line);
  if (!values.trace) return;
  for (const { variant, counterexample } of outcomes.filter((each) => each.counterexample.length > 0)) {
    print(`\n${style.bold(variant.name)}: ${variant.reason}`);
    for (const step of counterexample) print(`  ${step}`);
  }
}

function main(): void {
  const meant = VARIANTS.filter(isMeant);
  if (meant.length === 0) throw new Error(`No variant has "${values.only ?? ''}" in its name. Give --only a word of the table.`);
  const outcomes = meant.map((variant, index) => {
    note(`${index + 1}/${meant.length}  ${variant.name}`);
    return check(variant);
  });
  const failed = outcomes.filter((outcome) => !isAsExpected(outcome)).length;
  if (values.json) {
    printJson(outcomes);
  } else {
    show(outcomes);
    print(`\n${outcomes.length - failed} passed, ${failed} failed`);
  }
  if (failed === 0 && meant.length === VARIANTS.length) writeTable(outcomes);
  process.exitCode = failed === 0 ? 0 : 1;
}

main();
