import { isDeepStrictEqual } from 'node:util';
import type { Change } from './change.ts';
import type { ChartContract } from './read-contract.ts';

/** What values may be together in two charts, compared. */
export function ruleChanges({ rules: old }: ChartContract, { rules: now }: ChartContract): readonly Change[] {
  const change = (level: Change['level'], kind: Change['kind'], id: string, sentence: string): Change => ({
    level,
    kind,
    subject: `rule ${id}`,
    sentence,
  });
  return [
    ...[...old.keys()].filter((id) => !now.has(id)).map((id) => change('minor', 'removed', id, 'is gone, so more values fit together')),
    ...[...now].flatMap(([id, { brokenWhen }]) => {
      const known = old.get(id);
      if (known === undefined) return [change('major', 'added', id, 'is new, and may refuse values that were accepted')];
      if (isDeepStrictEqual(known.brokenWhen, brokenWhen)) return [];
      return [change('major', 'changed', id, 'has another condition, which may refuse values that were accepted')];
    }),
  ];
}
