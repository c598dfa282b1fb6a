/** Writes the table of docs/engines.md from what the runs of this suite have seen:  node --import tsx test/engines/page.ts */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINES, type ListedEngine } from '../../schema/engines.ts';
import { TESTABLE_ENGINES } from '../cluster/images/recipes.ts';
import { ROOT } from '../support/tools.ts';
import { CAPABILITIES, digestFor, seen, type Capability, type Seen } from './support/capabilities.ts';

const PAGE = join(ROOT, 'docs/engines.md');
const MARKS = ['<!-- the runs of make engines write this table -->', '<!-- end of the table -->'] as const;
/** Behind what was seen on another tree than the present one. */
const OLD = '†';

const entries = seen.read();

/** An older series, or data of the tutorial's, is something that not every engine can come from. */
function concerns({ name, upgradesFrom }: ListedEngine, capability: Capability): boolean {
  if (capability === 'upgrade from an older series') return upgradesFrom.length > 0;
  return name === 'mysql-5.7' || !(capability === 'move from the tutorial' || capability === 'the tutorial as an example');
}

/** Why nothing could be seen of a capability, if so. */
function obstacle({ name }: ListedEngine, capability: Capability): string | undefined {
  if (!TESTABLE_ENGINES.includes(name)) return 'rendered only';
  return capability === 'take a patch' && name !== 'mariadb-10.11' ? 'no second build' : undefined;
}

function entryOf(engine: ListedEngine, capability: Capability): Seen | undefined {
  return entries.find((entry) => entry.engine === engine.name && entry.capability === capability);
}

function cell(engine: ListedEngine, capability: Capability): string {
  if (!concerns(engine, capability)) return '–';
  const entry = entryOf(engine, capability);
  if (entry === undefined) return obstacle(engine, capability) ?? 'not run';
  return entry.digest === digestFor(engine.name, capability) ? entry.means : `${entry.means} ${OLD}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Days and commits of all cells of an engine. */
function provenance(engine: ListedEngine): readonly string[] {
  const own = entries.filter((entry) => entry.engine === engine.name);
  const unique = (values: readonly string[]): string => [...new Set(values)].sort().join(', ') || '–';
  return [unique(own.map(({ date }) => date)), unique(own.map(({ commit }) => commit))];
}

function table(): string {
  const head = ['engine', ...CAPABILITIES, 'seen on', 'at commit'];
  const lines = ENGINES.map((engine) =>
    row([engine.name, ...CAPABILITIES.map((capability) => cell(engine, capability)), ...provenance(engine)]),
  );
  const note = `${OLD} seen on an older tree: the chart, the test or the image has changed since.`;
  return [row(head), row(head.map(() => '---')), ...lines, '', note].join('\n');
}

const text = readFileSync(PAGE, 'utf8');
const [before, rest] = text.split(MARKS[0]);
const [, after] = (rest ?? '').split(MARKS[1]);
if (before === undefined || after === undefined) throw new Error('docs/engines.md has no place for the table.');
writeFileSync(PAGE, `${before}${MARKS[0]}\n\n${table()}\n\n${MARKS[1]}${after}`);
process.stdout.write(`docs/engines.md tells of ${entries.length} capabilities.\n`);
