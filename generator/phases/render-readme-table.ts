import { constraintText, typeText } from '../constraints.ts';
import { keyOf, leavesOf, type Leaf, type Model } from '../model.ts';

const HEADER = ['| Value | Type | Default | What it is for |', '| --- | --- | --- | --- |'];

/** The tables of all values, one a group, in Markdown. */
export function renderReadmeTable(model: Model): string {
  const [single, groups] = partition(model);
  const tables = groups.map((group) => [`### ${keyOf(group)}`, '', group.description, '', ...table(leavesOf(group))]);
  return [table(single), ...tables].map((lines) => lines.join('\n')).join('\n\n');
}

function partition(model: Model): [Leaf[], Exclude<Model['root']['children'][number], Leaf>[]] {
  const single = model.root.children.filter((node) => node.kind === 'leaf');
  const groups = model.root.children.filter((node) => node.kind === 'section');
  return [single, groups];
}

function table(leaves: readonly Leaf[]): readonly string[] {
  return [...HEADER, ...leaves.map(row)];
}

function row(leaf: Leaf): string {
  const constraint = constraintText(leaf.schema);
  const type = constraint === '' ? typeText(leaf.schema) : `${typeText(leaf.schema)}: ${constraint}`;
  return `| ${[`\`${leaf.path}\``, type, defaultText(leaf), leaf.description].map(cell).join(' | ')} |`;
}

function defaultText(leaf: Leaf): string {
  return leaf.fallback === undefined ? 'unset' : `\`${JSON.stringify(leaf.fallback)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
