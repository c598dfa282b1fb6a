/** What an older bash or coreutils lacks: how it is found in a script, and what to write in its place. */
import type { Node } from 'web-tree-sitter';

/** The packages that scripts are written in, with versions as `major.minor`. */
export type Versions = Readonly<Record<'bash' | 'coreutils', string>>;

/** A construct that came with a version, so that scripts for an older one must not use it. */
export interface Lack {
  /** A few words that name the construct. */
  readonly name: string;
  readonly package: keyof Versions;
  /** The first version, as `major.minor`, in which the construct does what it seems to do. */
  readonly since: string;
  /** Types of tree-sitter's nodes whose text is looked at. */
  readonly nodes: readonly string[];
  /** Matches the text of a node that is the construct. */
  readonly pattern: RegExp;
  /** Whether this place is fine in spite of the pattern. */
  readonly excuses?: (node: Node) => boolean;
  /** What an older version does, as a sentence. */
  readonly why: string;
  /** What to do, as a sentence. */
  readonly instead: string;
  /** Scripts that use the construct: each is refused. */
  readonly refused: readonly [string, ...string[]];
  /** A script that does the same in any version. */
  readonly accepted: string;
  /** What {@link accepted} prints, in any version. Left out where it is about a program that scripts have no other way to ask. */
  readonly prints?: string;
}

/** Whether a function of this name is around the node. */
export function isWithinFunction(node: Node, name: string): boolean {
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (outer.type === 'function_definition' && outer.childForFieldName('name')?.text === name) return true;
  }
  return false;
}
