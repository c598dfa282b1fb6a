/** Writes the table of docs/engines.md from what the runs of this suite have seen:  node --import tsx test/engines/page.ts */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../generator/package-root.ts';
import { ENGINES } from '../../schema/engines.ts';
import { TESTABLE_ENGINES } from '../cluster/images/recipes.ts';
import { CAPABILITIES, readCapabilities, type Capability } from './support/capabilities.ts';

const PAGE = join(PACKAGE_ROOT, 'docs/engines.md');
const MARKS = ['<!-- the runs of make engines write this table -->', '<!-- end of the table -->'] as const;

const seen = readCapabilities();

function cell(engine: (typeof ENGINES)[number], capability: Capability): string {
  if (capability === 'upgrade from an older series' && engine.upgradesFrom.length === 0) return '–';
  if (!TESTABLE_ENGINES.includes(engine.name)) return 'rendered only';
  return seen.find((entry) => entry.engine === engine.name && entry.capability === capability)?.means ?? 'not run';
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function provenance(): string {
  const commits = [...new Set(seen.map(({ commit }) => commit))];
  const dates = seen.map(({ date }) => date).sort();
  return `Seen from ${dates[0] ?? 'no run'} to ${dates.at(-1) ?? 'no run'}, at ${commits.join(', ') || 'no commit'}.`;
}

function table(): string {
  const lines = [
    row(['engine', ...CAPABILITIES]),
    row(['---', ...CAPABILITIES.map(() => '---')]),
    ...ENGINES.map((engine) => row([engine.name, ...CAPABILITIES.map((capability) => cell(engine, capability))])),
  ];
  return [...lines, '', provenance()].join('\n');
}

const text = readFileSync(PAGE, 'utf8');
const [before, rest] = text.split(MARKS[0]);
const [, after] = (rest ?? '').split(MARKS[1]);
if (before === undefined || after === undefined) throw new Error('docs/engines.md has no place for the table.');
writeFileSync(PAGE, `${before}${MARKS[0]}\n\n${table()}\n\n${MARKS[1]}${after}`);
process.stdout.write(`docs/engines.md tells of ${seen.length} capabilities.\n`);
