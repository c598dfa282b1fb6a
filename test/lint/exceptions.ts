/** Findings of a checker, held against a list of those that stay as they are and why. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isObject } from '../../generator/model/json-schema.ts';

/** A finding, as words by the same keys as an exception's. `where` of an exception is a part of the finding's. */
export type Finding = Readonly<Record<string, string>>;

interface Judgement {
  readonly unexplained: readonly Finding[];
  /** Exceptions that nothing needs. */
  readonly stale: readonly Finding[];
}

/** The list `exceptions` of a YAML file; each says `because`. */
export function readExceptions(file: string): readonly Finding[] {
  const content: unknown = parse(readFileSync(file, 'utf8'));
  const list = isObject(content) ? content['exceptions'] : undefined;
  if (!Array.isArray(list)) throw new TypeError(`${file} has no list named exceptions.`);
  return list.map((entry: unknown, index) => {
    const words = isObject(entry) ? Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, String(value)])) : {};
    if ((words['because'] ?? '') === '') throw new TypeError(`Exception ${index + 1} of ${file} does not say because of what.`);
    return words;
  });
}

export function judge(findings: readonly Finding[], exceptions: readonly Finding[]): Judgement {
  return {
    unexplained: findings.filter((finding) => !exceptions.some((exception) => covers(exception, finding))),
    stale: exceptions.filter((exception) => !findings.some((finding) => covers(exception, finding))),
  };
}

function covers(exception: Finding, finding: Finding): boolean {
  return Object.entries(exception).every(([key, value]) => {
    if (key === 'because') return true;
    return key === 'where' ? (finding[key] ?? '').includes(value) : finding[key] === value;
  });
}
