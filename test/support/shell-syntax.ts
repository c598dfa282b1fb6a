/** What a bash script does, by its syntax tree: which functions it calls, which globals it reads and sets. */

import { fileURLToPath } from 'node:url';
import { Language, Parser, type Node } from 'web-tree-sitter';

/** A script of the chart, as the checks see it. */
export interface ScriptFacts {
  /** Names of the functions that it defines. */
  readonly functions: ReadonlySet<string>;
  /** First words of its commands, and functions that it hands to others to be called. */
  readonly calls: ReadonlySet<string>;
  /** Upper-case variables that it reads. */
  readonly reads: ReadonlySet<string>;
  /** Upper-case variables that it sets for the whole process. */
  readonly sets: ReadonlySet<string>;
  /** Upper-case variables that it sets for a single command. */
  readonly passes: ReadonlySet<string>;
  /** Names of files that its line `load` names, as folder/name. */
  readonly loads: readonly string[];
  /** Commands whose failure does not end a script that stops at failures, as it is asked for in a condition. */
  readonly asked: ReadonlySet<string>;
  /** Redirections, command substitutions and pipes, as the script writes them. */
  readonly effects: readonly string[];
  /** Whether it says `set -e`, alone or with other letters. */
  readonly stopsAtFailures: boolean;
  /** What each function uses; the key of what stands outside of functions is empty. */
  readonly uses: ReadonlyMap<string, Uses>;
}

/** What a piece of code may need. */
export interface Uses {
  /** Words that stand where a command's name does, or bare among its arguments: any of them may be called. */
  readonly words: ReadonlySet<string>;
  /** Upper-case variables that it reads. */
  readonly reads: ReadonlySet<string>;
  /** Commands that it calls. */
  readonly calls: ReadonlySet<string>;
  /** Programs of the chart that it names, as run/agent. */
  readonly programs: ReadonlySet<string>;
}

/** Functions that call what their arguments name, with the number of arguments before that name. */
const CALLERS: ReadonlyMap<string, number> = new Map([
  ['wait_until', 1],
  ['position_covers', 2],
  ['history_covers', 2],
  ['errant_transactions', 2],
  ['trap', 0],
]);

/** What bash itself sets or what every process has. */
const BUILT_IN = new Set([
  'BASH_COMMAND',
  'BASH_REMATCH',
  'BASH_SOURCE',
  'EUID',
  'HOME',
  'IFS',
  'LC_ALL',
  'LINENO',
  'PATH',
  'RANDOM',
  'REPLY',
  'SECONDS',
  'TZ',
]);

const EFFECTS = new Set([
  'command_substitution',
  'process_substitution',
  'file_redirect',
  'heredoc_redirect',
  'herestring_redirect',
  'pipeline',
  'subshell',
]);
const GLOBAL = /^[A-Z][A-Z0-9_]*$/;

await Parser.init();
const bash = await Language.load(fileURLToPath(import.meta.resolve('tree-sitter-bash/tree-sitter-bash.wasm')));

/**
 * Gives the root of a script's syntax tree to a reader. Its nodes stand where they stand in the text.
 *
 * @throws Error when the parser does not understand a part of the script.
 */
export function withSyntax<T>(path: string, text: string, read: (root: Node) => T): T {
  const parser = new Parser();
  parser.setLanguage(bash);
  // The grammar knows neither here-strings behind braces nor closed or two-way descriptors; a file says the same of what this looks for.
  const tree = parser.parse(
    text
      .replaceAll('<<<', '<  ')
      .replaceAll(/ \d[<>]&-/g, '     ')
      .replaceAll(/ \d<> /g, ' <   '),
  );
  try {
    if (tree === null || tree.rootNode.hasError) throw new Error(`${path}: the parser does not understand this script.`);
    return read(tree.rootNode);
  } finally {
    tree?.delete();
    parser.delete();
  }
}

/**
 * Reads a script.
 *
 * @throws Error when the parser does not understand a part of it.
 */
export function factsOf(path: string, text: string): ScriptFacts {
  const reader = new Reader();
  withSyntax(path, text, (root) => {
    reader.visit(root);
  });
  return reader;
}

interface MutableUses extends Uses {
  readonly words: Set<string>;
  readonly reads: Set<string>;
  readonly calls: Set<string>;
  readonly programs: Set<string>;
}

class Reader implements ScriptFacts {
  readonly functions = new Set<string>();
  readonly calls = new Set<string>();
  readonly reads = new Set<string>();
  readonly sets = new Set<string>();
  readonly passes = new Set<string>();
  readonly loads: string[] = [];
  readonly asked = new Set<string>();
  readonly effects: string[] = [];
  stopsAtFailures = false;
  readonly uses = new Map<string, MutableUses>();
  #function = '';

  visit(node: Node): void {
    if (node.type === 'function_definition') {
      const name = node.childForFieldName('name')?.text ?? '';
      this.functions.add(name);
      this.#function = name;
    }
    if (node.type === 'word' || node.type === 'command_name') this.#used.words.add(node.text);
    if (node.namedChildCount === 0 && node.type !== 'comment') {
      for (const [program] of node.text.matchAll(/\brun\/[a-z-]+/g)) this.#used.programs.add(program);
    }
    if (node.type === 'command') this.#command(node);
    if (node.type === 'variable_name') this.#variable(node);
    if (EFFECTS.has(node.type)) this.effects.push(node.text);
    for (const child of node.namedChildren) this.visit(child);
    if (node.type === 'function_definition') this.#function = '';
  }

  get #used(): MutableUses {
    const known = this.uses.get(this.#function) ?? { words: new Set(), reads: new Set(), calls: new Set(), programs: new Set() };
    this.uses.set(this.#function, known);
    return known;
  }

  #command(node: Node): void {
    const name = node.childForFieldName('name')?.text ?? '';
    const words = node.childrenForFieldName('argument').map((argument) => argument.text);
    this.calls.add(name);
    this.#used.calls.add(name);
    if (isAsked(node)) this.asked.add(name);
    const before = CALLERS.get(name);
    const called = before === undefined ? undefined : words[before];
    if (called !== undefined && /^[a-z_]+$/.test(called)) {
      this.calls.add(called);
      if (name !== 'trap') this.asked.add(called);
    }
    if (name === 'load') this.loads.push(...words);
    if (name === 'set' && words.some((word) => /^-[A-Za-z]*e/.test(word))) this.stopsAtFailures = true;
    for (const word of setByCommand(name, words)) if (GLOBAL.test(word)) this.sets.add(word);
  }

  #variable(node: Node): void {
    const name = node.text;
    if (!GLOBAL.test(name) || BUILT_IN.has(name)) return;
    const target = node.parent?.type === 'subscript' ? node.parent : node;
    const owner = target.parent;
    if (owner?.type === 'variable_assignment' && owner.childForFieldName('name')?.id === target.id) {
      if (owner.parent?.type === 'command' && owner.parent.childForFieldName('name') !== null) this.passes.add(name);
      else if (!isLocal(owner)) this.sets.add(name);
    } else if (owner?.type === 'declaration_command') {
      if (!isLocal(target)) this.sets.add(name);
    } else {
      this.reads.add(name);
      this.#used.reads.add(name);
    }
  }
}

/** Words that are names of variables which the command sets. */
function setByCommand(name: string, words: readonly string[]): readonly string[] {
  if (name === 'read' || name === 'mapfile') return words.filter((word) => !word.startsWith('-'));
  const at = words.indexOf('-v');
  return name === 'printf' && at >= 0 ? words.slice(at + 1, at + 2) : [];
}

function isLocal(assignment: Node): boolean {
  const { parent } = assignment;
  return parent?.type === 'declaration_command' && parent.child(0)?.text === 'local';
}

/** Whether bash lets the command fail: in a condition, behind `!`, or before `&&` and `||` unless `|| return` passes the failure on. */
function isAsked(command: Node): boolean {
  for (
    let node = command, parent = node.parent;
    parent !== null && parent.type !== 'function_definition';
    node = parent, parent = node.parent
  ) {
    if (parent.type === 'negated_command') return true;
    if (
      /^(if_statement|elif_clause|while_statement)$/.test(parent.type) &&
      parent.childrenForFieldName('condition').some(({ id }) => id === node.id)
    )
      return true;
    if (parent.type === 'list' && parent.child(0)?.id === node.id && !/^(return|refuse\w*)\b/.test(parent.namedChild(1)?.text ?? ''))
      return true;
  }
  return false;
}
