/** What must hold of the chart's scripts as a whole: each check returns a sentence for everything that does not. */

import { covers, factsOfTemplate, headerOf, placesIn, type ScriptHeader } from './script-headers.ts';
import type { ScriptFacts } from './shell-syntax.ts';

/** A script: what it says of itself, what it does, and its text. */
interface Known {
  readonly facts: ScriptFacts;
  readonly header: ScriptHeader;
  readonly text: string;
}

/** Scripts by folder/name. */
export type KnownScripts = ReadonlyMap<string, Known>;

/** The file that loads the pod's engine and its family, and the files that stand for all of those. */
const ENGINE = 'engine/current';
const OF_ENGINES = /^engine\/(engine|family-\w+)$/;
/** Loaded by its path, before there is anything that loads. */
const LOADER = 'lib/load';
/** What functions without effects may call beside each other. */
const PURE_BUILTINS = new Set(['local', 'return', 'readonly', 'load', 'true', 'false', ':', 'continue', 'break', '[[', '((']);

export function knownScripts(texts: ReadonlyMap<string, string>): KnownScripts {
  return new Map([...texts].map(([name, text]) => [name, { facts: factsOfTemplate(name, text), header: headerOf(text), text }]));
}

export const isProgram = (name: string): boolean => name.startsWith('run/');

/** The file through which others get what this one has. */
const gate = (name: string): string => (OF_ENGINES.test(name) ? ENGINE : name);

/** By whom a function is defined or a global set, for those that others can load. */
function owners(scripts: KnownScripts): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [name, { facts }] of scripts) {
    if (isProgram(name)) continue;
    for (const thing of [...facts.functions, ...facts.sets]) found.set(thing, (found.get(thing) ?? new Set()).add(gate(name)));
  }
  return found;
}

/** The files whose functions a script calls or whose globals it reads, in the order of their names. */
export function neededBy(scripts: KnownScripts): ReadonlyMap<string, readonly string[]> {
  const owned = owners(scripts);
  const needs = ([name, { facts }]: [string, Known]): [string, readonly string[]] => {
    const others = [...facts.calls, ...facts.reads].filter((thing) => !facts.functions.has(thing) && !facts.sets.has(thing));
    const files = others.flatMap((thing) => [...(owned.get(thing) ?? [])]);
    return [name, [...new Set(files.filter((file) => file !== LOADER && file !== gate(name)))].sort()];
  };
  return new Map([...scripts].map(needs));
}

/** A script loads the files that it needs, no fewer and no more. */
export function wrongLoads(scripts: KnownScripts): readonly string[] {
  return [...neededBy(scripts)].flatMap(([name, needed]) => {
    if (name === ENGINE) return [];
    const loads = [...(scripts.get(name)?.facts.loads ?? [])].sort();
    return loads.join(' ') === needed.join(' ') ? [] : [`${name} must say: load ${needed.join(' ')}`];
  });
}

/** No script needs, by way of others, itself. Each circle is written once, from its first name in the alphabet. */
export function circles(scripts: KnownScripts): readonly string[] {
  const needed = new Map(neededBy(scripts));
  needed.set(ENGINE, [...new Set([...needed].filter(([name]) => OF_ENGINES.test(name)).flatMap(([, files]) => files))]);
  const found = new Set<string>();
  const finished = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) {
      const circle = path.slice(path.indexOf(name));
      const first = circle.indexOf([...circle].sort()[0] ?? name);
      found.add([...circle.slice(first), ...circle.slice(0, first)].join(' > '));
      return;
    }
    if (finished.has(name)) return;
    for (const next of needed.get(name) ?? []) visit(next, [...path, name]);
    finished.add(name);
  };
  for (const name of needed.keys()) visit(name, []);
  return [...found].sort();
}

/** A global is set by one file, and one function has one definition, that of a family aside. */
export function sharedNames(scripts: KnownScripts): readonly string[] {
  return [...owners(scripts)].filter(([, files]) => files.size > 1).map(([thing, files]) => `${thing}: ${[...files].join(', ')}`);
}

/** Variables that no script sets: those of the pod. */
export function podVariables(scripts: KnownScripts): ReadonlySet<string> {
  const all = [...scripts.values()];
  const set = new Set(all.flatMap(({ facts }) => [...facts.sets, ...facts.passes]));
  return new Set(all.flatMap(({ facts }) => [...facts.reads].filter((name) => !set.has(name))));
}

/** The header says what the script does. */
export function wrongHeaders(scripts: KnownScripts): readonly string[] {
  const pod = podVariables(scripts);
  return [...scripts].flatMap(([name, { facts, header, text }]) => {
    const said = header.reads.filter((word) => !word.startsWith('$') && !word.startsWith('/'));
    const files = [...header.reads, ...header.writes].filter((word) => word.startsWith('$'));
    const places = placesIn(text);
    return [
      ...differences(
        name,
        'reads',
        said,
        [...facts.reads].filter((variable) => pod.has(variable)),
      ),
      ...differences(name, 'gives', header.gives, [...facts.sets]),
      ...places.filter((place) => !covers(files, place)).map((place) => `${name}: neither reads nor writes names ${place}`),
      ...(isProgram(name) ? [] : header.exits.join(' ') === 'never' ? [] : [`${name}: exits must be never`]),
      ...(isProgram(name) && (header.exits.length === 0 || header.exits[0] === 'never')
        ? [`${name}: exits must say what its statuses mean`]
        : []),
    ];
  });
}

function differences(name: string, word: string, said: readonly string[], is: readonly string[]): readonly string[] {
  return [
    ...is.filter((thing) => !said.includes(thing)).map((thing) => `${name}: ${word} lacks ${thing}`),
    ...said.filter((thing) => !is.includes(thing)).map((thing) => `${name}: ${word} names ${thing}, which is not so`),
  ];
}

/** Only programs end the process, catch signals, or stop at failures. */
export function endsElsewhere(scripts: KnownScripts): readonly string[] {
  return [...scripts].flatMap(([name, { facts }]) => {
    if (isProgram(name)) return [];
    const words = ['exit', 'trap'].filter((word) => facts.calls.has(word));
    return [...words, ...(facts.stopsAtFailures ? ['set -e'] : [])].map((word) => `${name}: ${word}`);
  });
}

/**
 * A refusal is never asked for in a condition: there bash goes on after a command that fails, also inside of the functions that it calls, and
 * the refusal would be lost.
 */
export function lostRefusals(scripts: KnownScripts): readonly string[] {
  const refusing = new Set(['refuse', 'refuse_copy']);
  const all = [...scripts.values()].flatMap(({ facts }) => [...facts.uses]).filter(([name]) => name !== '');
  for (let size = 0; size < refusing.size;) {
    size = refusing.size;
    for (const [name, { calls }] of all) if ([...calls].some((call) => refusing.has(call))) refusing.add(name);
  }
  return [...scripts].flatMap(([name, { facts }]) =>
    [...facts.asked].filter((call) => refusing.has(call)).map((call) => `${name}: ${call}`),
  );
}

/** Decisions start no program, open no file and know no clock. */
export function impureDecisions(scripts: KnownScripts): readonly string[] {
  const decisions = [...scripts].filter(([name]) => name.startsWith('decide/'));
  const functions = new Set(decisions.flatMap(([, { facts }]) => [...facts.functions]));
  return decisions.flatMap(([name, { facts }]) => [
    ...facts.effects.map((effect) => `${name}: ${effect}`),
    ...[...facts.calls].filter((call) => !functions.has(call) && !PURE_BUILTINS.has(call)).map((call) => `${name}: calls ${call}`),
  ]);
}

/** A function that only one of the families has cannot be called by others. */
export function unevenFamilies(scripts: KnownScripts): readonly string[] {
  const families = [...scripts].filter(([name]) => name.startsWith('engine/family-'));
  return families.flatMap(([name, { facts }]) => {
    const others = families.flatMap(([, other]) => [...other.facts.functions]);
    return [...new Set(others)].filter((one) => !facts.functions.has(one)).map((one) => `${name} lacks ${one}`);
  });
}

/** The variables of the pod that a program may read, in its own functions or in those that it calls, or a program that it starts. */
export function variablesOf(scripts: KnownScripts, programs: readonly string[]): readonly string[] {
  const pod = podVariables(scripts);
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string, part: string): void => {
    const key = `${file} ${part}`;
    if (seen.has(key)) return;
    seen.add(key);
    const uses = scripts.get(file)?.facts.uses.get(part);
    if (uses === undefined) return;
    for (const name of uses.reads) if (pod.has(name)) found.add(name);
    for (const program of uses.programs) if (scripts.has(program)) visitFile(program);
    for (const word of uses.words) {
      if (scripts.get(file)?.facts.functions.has(word) === true) visit(file, word);
      else for (const [other, { facts }] of scripts) if (!isProgram(other) && facts.functions.has(word)) visit(other, word);
    }
  };
  const visitFile = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    visit(file, '');
    for (const loaded of neededBy(scripts).get(file) ?? []) visitFile(loaded);
    if (file === ENGINE) for (const name of scripts.keys()) if (OF_ENGINES.test(name)) visitFile(name);
  };
  programs.forEach(visitFile);
  return [...found].sort();
}
