import type { ChartFile } from '../files/chart-file.ts';
import { helmYaml } from '../language/helm-yaml.ts';
import { choicesOf, type Choice } from '../model/choices.ts';
import { deprecationText, keyOf, type Leaf, type Model, type ModelNode, type Section } from '../model/model.ts';

const WIDTH = 100;
const MODELINE = '# yaml-language-server: $schema=values.schema.json';

/** values.yaml: every default under the sentence that says what it is for. */
export function renderValues(model: Model): ChartFile {
  const groups = model.root.children.map((node) => nodeLines(node, 0).join('\n'));
  return { path: 'values.yaml', source: 'schema/', text: `${[MODELINE, ...groups].join('\n\n')}\n` };
}

function nodeLines(node: ModelNode, depth: number): readonly string[] {
  return node.kind === 'section' ? sectionLines(node, depth) : leafLines(node, depth);
}

function sectionLines(section: Section, depth: number): readonly string[] {
  return [
    ...commentLines(section.description, depth),
    `${margin(depth)}${keyOf(section)}:`,
    ...section.children.flatMap((child) => nodeLines(child, depth + 1)),
  ];
}

/** A value without default is shown as a comment, with an example. */
function leafLines(leaf: Leaf, depth: number): readonly string[] {
  const deprecation = deprecationText(leaf);
  const comment = [
    ...commentLines(leaf.description, depth),
    ...choiceLines(choicesOf(leaf.schema), 'One of', depth),
    ...choiceLines(choicesOf(leaf.items), 'Each of them is one of', depth),
    ...(deprecation === '' ? [] : commentLines(deprecation, depth)),
  ];
  const [prefix, value] = leaf.fallback === undefined ? [`${margin(depth)}# `, leaf.schema.examples?.[0]] : [margin(depth), leaf.fallback];
  return [...comment, ...yamlLines(keyOf(leaf), value).map((line) => `${prefix}${line}`)];
}

/** Maps get a line for each key; lists are read fastest on one line. */
function yamlLines(key: string, value: unknown): readonly string[] {
  if (value === undefined) return [`${key}:`];
  if (!Array.isArray(value))
    return helmYaml({ [key]: value })
      .trimEnd()
      .split('\n');
  return [`${key}: ${helmYaml(value, { collectionStyle: 'flow', flowCollectionPadding: false }).trimEnd()}`];
}

/** Words with a meaning get a line each. */
function choiceLines(choices: readonly Choice[], lead: string, depth: number): readonly string[] {
  if (choices.length === 0) return [];
  if (choices.every((choice) => choice.meaning === '')) {
    return commentLines(`${lead}: ${choices.map((choice) => choice.word).join(', ')}.`, depth);
  }
  const lines = choices.flatMap(({ word, meaning }) => commentLines(`${word}: ${meaning}`, depth, '- ', '  '));
  return [...commentLines(`${lead}:`, depth), ...lines];
}

function commentLines(text: string, depth: number, bullet = '', indent = ''): readonly string[] {
  const prefix = `${margin(depth)}# `;
  const lines: string[] = [];
  let line = '';
  for (const word of `${bullet}${text}`.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && prefix.length + longer.length > WIDTH) {
      lines.push(line);
      line = `${indent}${word}`;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((content) => `${prefix}${content}`);
}

function margin(depth: number): string {
  return '  '.repeat(depth);
}
