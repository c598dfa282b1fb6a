import { choicesOf } from '../model/choices.ts';
import { choiceText, constraintText, typeText } from '../model/constraints.ts';
import { deprecationText, keyOf, leavesOf, type Leaf, type Model } from '../model/model.ts';

const HEADER = ['| Value | Type | Default | Allowed | What it is for |', '| --- | --- | --- | --- | --- |'];

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
  const purpose = [leaf.description, deprecationText(leaf)].filter((text) => text !== '').join(' ');
  const cells = [`\`${leaf.path}\``, typeText(leaf.schema), defaultText(leaf), allowedText(leaf), purpose];
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** What the leaf, or each item of its list, may be. */
function allowedText({ schema, items }: Leaf): string {
  const choices = [...choicesOf(schema), ...choicesOf(items)].map(choiceText);
  if (choices.length > 0) return choices.join('<br>');
  return constraintText(schema);
}

function defaultText(leaf: Leaf): string {
  return leaf.fallback === undefined ? 'unset' : `\`${JSON.stringify(leaf.fallback)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
