import type { Change } from './change.ts';
import type { ChartContract, ChartEngine } from './read-contract.ts';

/** What the table of engines allows otherwise. Which engines there are is said by the schema, and newer images by their file. */
export function engineChanges(before: ChartContract, after: ChartContract): readonly Change[] {
  return [...before.engines].flatMap(([engine, row]) => {
    const other = after.engines.get(engine);
    return other === undefined ? [] : rowChanges(`engine ${engine}`, row, other);
  });
}

function rowChanges(subject: string, old: ChartEngine, now: ChartEngine): readonly Change[] {
  const change = (level: Change['level'], sentence: string): Change => ({ level, kind: 'changed', subject, sentence });
  return [
    ...missing(old.methods, now.methods).map((method) => change('major', `can no longer be cloned by ${method}`)),
    ...missing(now.methods, old.methods).map((method) => change('minor', `can be cloned by ${method}, too`)),
    ...missing(old.upgradesFrom, now.upgradesFrom).map((from) => change('major', `takes no data of ${from} any more`)),
    ...missing(now.upgradesFrom, old.upgradesFrom).map((from) => change('minor', `takes data of ${from}, too`)),
    ...(isOtherSeries(old, now) ? [change('major', 'has images of another series, so tags that were accepted are refused')] : []),
  ];
}

/** What one list has and the other has not. */
function missing(from: readonly string[], without: readonly string[]): readonly string[] {
  return from.filter((word) => !without.includes(word));
}

/** Whether an image that both have is of another series, by which tags are judged. A method that comes or goes is another change. */
function isOtherSeries(old: ChartEngine, now: ChartEngine): boolean {
  return [...old.series].some(([image, series]) => now.series.has(image) && now.series.get(image) !== series);
}
