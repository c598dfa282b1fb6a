/** Finds in scripts what the oldest bash and coreutils of the images lack. */
import type { Node } from 'web-tree-sitter';
import { isOlder } from '../../../schema/engines/userland.ts';
import { withSyntax } from '../../support/shell-syntax.ts';
import { BASH_LACKS } from './bash-lacks.ts';
import { COREUTILS_LACKS } from './coreutils-lacks.ts';
import type { Lack, Versions } from './lack.ts';
import type { NeverEmpty } from './never-empty.ts';

export const LACKS: readonly Lack[] = [...BASH_LACKS, ...COREUTILS_LACKS];

/** A place that an image could not run. */
export interface Finding {
  readonly line: number;
  readonly lack: Lack;
  /** The first line of the construct. */
  readonly text: string;
}

/**
 * What a script does that a userland lacks. It sees what bash parses; not what `eval`, a program's name in a variable, or a variable that
 * holds an option would do.
 *
 * @throws Error when the parser does not understand the script, as with `${ command; }` of bash 5.3.
 */
export function findLacks(script: string, text: string, oldest: Versions, neverEmpty: readonly NeverEmpty[] = []): readonly Finding[] {
  const lacking = LACKS.filter((lack) => isOlder(oldest[lack.package], lack.since));
  const full = new Set(neverEmpty.filter((one) => one.script === script).map(({ array }) => array));
  return withSyntax(script, text, (root) =>
    lacking.flatMap((lack) => foundOf(lack, text, root).filter((found) => !full.has(arrayOf(found.text)))),
  );
}

function foundOf(lack: Lack, text: string, root: Node): readonly Finding[] {
  const nodes = root.descendantsOfType([...lack.nodes]);
  return nodes.flatMap((node) => {
    // Between quotes the grammar takes white space before an expansion for a part of it.
    const own = text.slice(node.startIndex, node.endIndex).trim();
    if (!lack.pattern.test(own) || lack.excuses?.(node) === true) return [];
    return { line: node.startPosition.row + 1, lack, text: own.split('\n')[0] ?? '' };
  });
}

/** The array of a plain `${a[@]}` or `${a[*]}`; empty for anything else. */
function arrayOf(expansion: string): string {
  return /^\$\{(\w+)\[[@*]\]\}$/.exec(expansion)?.[1] ?? '';
}

/** The lines of the list that no script needs. */
export function needless(scripts: ReadonlyMap<string, string>, neverEmpty: readonly NeverEmpty[]): readonly NeverEmpty[] {
  return neverEmpty.filter(({ script, array }) => !new RegExp(`\\$\\{${array}\\[[@*]\\]\\}`).test(scripts.get(script) ?? ''));
}
