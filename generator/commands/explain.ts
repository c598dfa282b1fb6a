import { Command } from 'commander';
import { likeliest, pathsOfKey, propertyPaths } from '../check/suggest.ts';
import { readChart, valuesOf } from '../compare/read-chart.ts';
import { InputError } from '../errors/input-error.ts';
import { helmYaml } from '../language/helm-yaml.ts';
import type { Choice } from '../model/choices.ts';
import { explain, type Explanation } from '../model/explain.ts';
import { isObject, type Schema } from '../model/json-schema.ts';
import { buildModel } from '../phases/build-model.ts';
import { chartOption } from './chart-option.ts';
import { print, printJson, style, tableLines, terminalWidth, wrap, type Cell } from './terminal.ts';

interface Options {
  readonly chart: string;
  readonly json?: true;
}

const LONGEST_DEFAULT = 24;

/** `mysql-sts explain`: the values, as kubectl explains the fields of an object. */
export function explainCommand(): Command {
  return new Command('explain')
    .summary('Say what a value means, what it may be and what it is by default')
    .description('Says what a value means, what it may be and what it is by default; without a path, what there is.')
    .argument('[path]', 'path of a value or a section, such as storage.size')
    .addOption(chartOption())
    .option('--json', 'print the explanation for programs')
    .action(async (path: string | undefined = '', { chart, json }: Options) => {
      const { schema, people, defaults, rules } = valuesOf(await readChart(chart));
      const explanation = explain({ model: buildModel(schema, defaults), people, rules }, path);
      if (explanation === undefined) throw unknownPath(path, schema, people);
      if (json === true) printJson(explanation);
      else for (const line of explanationLines(explanation)) print(line);
    });
}

function unknownPath(path: string, schema: Schema, people: Schema): InputError {
  const [first = ''] = path.split('.');
  const key = path.slice(path.lastIndexOf('.') + 1);
  const paths = propertyPaths(schema, schema, '');
  const meant =
    likeliest(path, paths) ?? pathsOfKey(key, schema)[0] ?? likeliest(path, propertyPaths(people, people, '')) ?? likeliest(first, paths);
  const hint = meant === undefined ? 'mysql-sts explain lists what there is.' : `Did you mean ${meant}?`;
  return new InputError('UNKNOWN_PATH', `The chart has no value ${path}. ${hint}`);
}

function explanationLines(explanation: Explanation): readonly string[] {
  const { path, kind, description, children } = explanation;
  const paragraphs: readonly (readonly string[])[] = [
    path === '' ? [] : [style.bold(path)],
    description === '' ? [] : wrap(description, terminalWidth() - 2).map((line) => `  ${line}`.trimEnd()),
    kind === 'value' ? factLines(explanation) : [],
    meansSomething(explanation) ? choiceLines(explanation) : [],
    valueLines(explanation),
    groupLines(explanation),
    kind === 'value' ? exampleLines(explanation) : [moreLine(children)],
  ];
  return paragraphs.filter((lines) => lines.length > 0).flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

/** The group that most people set first. */
const USUAL_GROUP = 'storage';

/** The way on: a group, if there is one. */
function moreLine(children: readonly Explanation[]): string {
  const groups = children.filter((child) => child.kind === 'section');
  const next = groups.find((child) => child.path === USUAL_GROUP) ?? groups[0] ?? children[0];
  return style.dim(`More: mysql-sts explain ${next?.path ?? ''}`);
}

/** Whether the words that a value may be come with meanings. */
function meansSomething({ allowed }: Explanation): boolean {
  return allowed.some(({ meaning }) => meaning !== '');
}

function choiceLines({ allowed }: Explanation): readonly string[] {
  return tableLines([
    header('  allowed', 'meaning'),
    ...allowed.map(({ word, meaning }): readonly Cell[] => [{ text: `  ${word}`, look: style.bold }, { text: meaning }]),
  ]);
}

function wordsText(allowed: readonly Choice[]): string {
  return allowed.map(({ word }) => word).join(', ');
}

function factLines(explanation: Explanation): readonly string[] {
  const { type, default: fallback, allowed, constraint, together, deprecated } = explanation;
  const isExplained = meansSomething(explanation);
  const facts: readonly (readonly [string, string])[] = [
    ['type', type],
    ['default', fallback === undefined ? 'unset' : defaultText(fallback, Infinity)],
    ['allowed', isExplained ? '' : wordsText(allowed) || constraint],
    ['must fit', together.join(', ')],
    ['deprecated', deprecated],
  ];
  const rows = facts.filter(([, text]) => text !== '').map(([name, text]) => [{ text: `  ${name}`, look: style.dim }, { text }]);
  return tableLines(rows);
}

/** The values of a group, or the fields of a value. */
function valueLines({ path, children }: Explanation): readonly string[] {
  const values = children.filter((child) => child.kind === 'value');
  const rows = values.map((child): readonly Cell[] => {
    const choice = child.allowed.length === 0 ? '' : ` One of: ${wordsText(child.allowed)}.`;
    return [
      { text: `  ${nameBelow(path, child)}`, look: style.bold },
      { text: child.type },
      { text: child.default === undefined ? '' : defaultText(child.default, LONGEST_DEFAULT), look: style.green },
      { text: `${firstSentence(child.description)}${choice}`.trim() },
    ];
  });
  return rows.length === 0 ? [] : tableLines([header('  value', 'type', 'default', 'meaning'), ...rows]);
}

/** The groups below a group. They have neither type nor default, so a table of their own has room for a line each. */
function groupLines({ path, children }: Explanation): readonly string[] {
  const groups = children.filter((child) => child.kind === 'section');
  const rows = groups.map((child): readonly Cell[] => [
    { text: `  ${nameBelow(path, child)}.`, look: style.bold },
    { text: firstSentence(child.description) },
  ]);
  return rows.length === 0 ? [] : tableLines([header('  group', 'meaning'), ...rows]);
}

function header(...titles: readonly string[]): readonly Cell[] {
  return titles.map((text): Cell => ({ text, look: style.dim }));
}

function nameBelow(path: string, child: Explanation): string {
  return path === '' ? child.path : child.path.slice(path.length + 1);
}

/** Kubernetes has whole pages to say of some fields. */
function firstSentence(text: string): string {
  return /^[^\n]*?[.](?= +[A-Z`]|\n|$)/.exec(text)?.[0] ?? text.split('\n')[0] ?? '';
}

function exampleLines({ path, default: fallback, allowed }: Explanation): readonly string[] {
  const value = fallback ?? allowed[0]?.word;
  if (value === undefined) return [];
  const nested = path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  const lines = helmYaml(nested).trimEnd().split('\n');
  return [style.dim('  in a values file'), ...lines.map((line) => `    ${line}`)];
}

function defaultText(value: unknown, longest: number): string {
  if (value === '') return '""';
  const text = typeof value === 'string' || !isCollection(value) ? String(value) : JSON.stringify(value);
  const [first = ''] = text.split('\n');
  return first.length > longest || first !== text ? `${first.slice(0, longest)}…` : text;
}

function isCollection(value: unknown): boolean {
  return isObject(value) || Array.isArray(value);
}
