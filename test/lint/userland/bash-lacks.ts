/** What bash has learnt since 4.2. Each line was tried with bash 4.2.45; versions are from bash's own CHANGES. */
import type { Node } from 'web-tree-sitter';
import { BASH_BUILTINS, BASH_VARIABLES } from './bash-builtins.ts';
import type { Lack } from './lack.ts';

const ARRAY = /^\$\{(\w+)\[[@*]\]/;

/** Whether the expansion stands behind `+` in one of the same array: there it has elements. */
function isGuarded(node: Node): boolean {
  const name = ARRAY.exec(node.text.trim())?.[1];
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    const text = outer.text.trim();
    if (outer.type === 'expansion' && ARRAY.exec(text)?.[1] === name && /^\$\{\w+\[[@*]\]:?\+/.test(text)) return true;
  }
  return false;
}

const isInString = ({ parent }: Node): boolean => parent?.type === 'string';

const ARRAYS: readonly Lack[] = [
  {
    name: 'an array that may be empty',
    package: 'bash',
    since: '4.4',
    nodes: ['expansion'],
    pattern: /^\$\{\w+\[[@*]\](?!:?[-+=])/,
    excuses: isGuarded,
    why: 'set -u takes an array without elements for a variable that is not set, and ends the script.',
    instead: 'Write ${a[@]+"${a[@]}"} or "${a[*]-}". Where the array always has elements, say so in test/lint/userland/never-empty.ts.',
    refused: [
      'a=(); for x in "${a[@]}"; do echo "$x"; done',
      'a=(); echo "${a[*]}"',
      'a=(); f "${a[@]:1}"',
      'a=(); [[ " ${a[*]} " == *" x "* ]]',
      'a=() b=(1); f ${a[@]+"${b[@]}"}',
    ],
    accepted: 'a=(); for x in ${a[@]+"${a[@]}"}; do echo "$x"; done; echo "none ${a[*]-}"',
    prints: 'none ',
  },
  {
    name: 'declare -gA with a value',
    package: 'bash',
    since: '4.3',
    nodes: ['declaration_command'],
    pattern: /^(declare|typeset)\s+(-\w+\s+)*-(\w*g\w*A|\w*A\w*g)\w*\s[^]*=/,
    why: 'In a function it fills a variable of the function, and the global one stays empty.',
    instead: 'Write declare -gA X, and the assignment X=(...) after it.',
    refused: ['f() { declare -gA X=([a]=1); }', 'f() { declare -Ag X=(); }'],
    accepted: 'f() { declare -gA X; X=([a]=1); }; f; echo "${X[a]}"',
    prints: '1',
  },
  {
    name: 'an element in -v',
    package: 'bash',
    since: '4.3',
    nodes: ['unary_expression', 'command'],
    pattern: /^(test\s(.*\s)?)?-v\s+["']?\w+\[/,
    why: 'It is never true of an element of an array.',
    instead: 'Write [[ -n ${a[$key]+set} ]].',
    refused: ['[[ -v a[0] ]]', '[[ -v "a[$k]" ]]', 'test -v "a[0]"'],
    accepted: 'declare -A a=([k]=""); if [[ -n ${a[k]+set} ]]; then echo yes; fi;',
    prints: 'yes',
  },
  {
    name: 'a negative place in an array that is changed',
    package: 'bash',
    since: '4.3',
    nodes: ['variable_assignment', 'unset_command'],
    pattern: /^(unset\s[^]*\[\s*-\s*\d|\w+\[\s*-\s*\d+\s*\]\+?=)/,
    why: 'It is an error.',
    instead: 'Count from the front: ${#a[@]} - 1.',
    refused: ['a[-1]=x', "unset 'a[-1]'"],
    accepted: 'a=(1 2); a[${#a[@]} - 1]=3; echo "${a[-1]}"',
    prints: '3',
  },
  {
    name: 'a name reference',
    package: 'bash',
    since: '4.3',
    nodes: ['declaration_command', 'unset_command'],
    pattern: /^(declare|local|typeset|unset)\s+(-\w+\s+)*-\w*n/,
    why: 'There are no name references.',
    instead: 'Read by ${!name}, set by printf -v "$name", or leave the answer in a global of a fixed name.',
    refused: ['f() { local -n x=$1; }', 'declare -n x=y', 'unset -n x'],
    accepted: 'f() { printf -v "$1" %s "${!2}"; }; b=1; f a b; echo "$a"',
    prints: '1',
  },
];

const EXPANSIONS: readonly Lack[] = [
  {
    name: 'an operator behind @',
    package: 'bash',
    since: '4.4',
    nodes: ['expansion'],
    pattern: /^\$\{!?(\w+(\[[^\]]*\])?|[@*])@[A-Za-z]\}$/,
    why: 'It is a bad substitution, which ends the script.',
    instead: 'Write printf %q for ${x@Q}, and ${x^^} or ${x,,} for its letters.',
    refused: ['echo "${x@Q}"', 'echo "${a[0]@U}"', 'echo ${@@Q}', 'echo ${a[@]@A}'],
    accepted: "x='a b'; printf '%q\\n' \"$x\"",
    prints: 'a\\ b',
  },
  {
    name: 'a quote or backslash in a replacement between quotes',
    package: 'bash',
    since: '4.3',
    nodes: ['expansion'],
    pattern: /^\$\{[\w@*]+(\[[^\]]*\])?\/[^]*[^\\]\/[^]*?(["']|\\&)/,
    excuses: (node) => !isInString(node),
    why: 'It becomes part of the text.',
    instead: 'Assign without quotes around, x=${x//a/"$b"}, and use the variable.',
    refused: ['echo "${x//a/"b"}"', 'echo "${x//a/\'b\'}"', 'echo "${x//a/[\\&]}"'],
    accepted: 'x=aXb b="[&]"; y=${x//X/"$b"}; echo "$y"',
    prints: 'a[&]b',
  },
  {
    name: '& in a replacement',
    package: 'bash',
    since: '5.2',
    nodes: ['expansion'],
    pattern: /^\$\{[\w@*]+(\[[^\]]*\])?\/\/?(?!\/)([^/\\]|\\[^])*\/[^"']*(?<!\\)&/,
    why: 'It is an ampersand before 5.2 and what was found since then.',
    instead: 'Put it into a variable and quote that: x=${x//a/"$and"}.',
    refused: ['y=${x//a/[&]}', 'y=${x/a/&}'],
    accepted: 'x=aXb and="&"; y=${x//X/"$and"}; echo "${y//&/+}"',
    prints: 'a+b',
  },
  {
    name: 'a here-string without quotes',
    package: 'bash',
    since: '4.4',
    nodes: ['file_redirect', 'herestring_redirect'],
    pattern: /^<{3}\s*(\$[\w{(@*]|`)/,
    why: 'Its white space is collapsed.',
    instead: 'Write <<< "$x".',
    refused: ['x="a   b"; cat <<< $x', 'cat <<< $(ls)', '{ read -r a; read -r b; } <<< ${x}'],
    accepted: 'x="a   b"; cat <<< "$x"',
    prints: 'a   b',
  },
];

/** All that bash has learnt since 4.2 and a script of ours could want. */
export const BASH_LACKS: readonly Lack[] = [...ARRAYS, ...EXPANSIONS, ...BASH_VARIABLES, ...BASH_BUILTINS];
