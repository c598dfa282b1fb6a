import { parse } from 'yaml';
import { isObject } from '../model/json-schema.ts';
import type { Change } from './change.ts';
import type { Chart } from './read-chart.ts';

type Row = Readonly<Record<string, unknown>>;

/** What the table of engines allows otherwise. Which engines there are is told by the schema, and newer images by their file. */
export function engineChanges(before: Chart, after: Chart): readonly Change[] {
  const [old, now] = [enginesOf(before), enginesOf(after)];
  return Object.entries(old).flatMap(([engine, row]) => {
    const other = now[engine];
    return isObject(row) && isObject(other) ? rowChanges(`engine ${engine}`, row, other) : [];
  });
}

function rowChanges(subject: string, old: Row, now: Row): readonly Change[] {
  const change = (level: Change['level'], sentence: string): Change => ({ level, kind: 'changed', subject, sentence });
  return [
    ...missing(old, now, 'methods').map((method) => change('major', `can no longer be cloned by ${method}`)),
    ...missing(now, old, 'methods').map((method) => change('minor', `can be cloned by ${method}, too`)),
    ...missing(old, now, 'upgradesFrom').map((from) => change('major', `takes no data of ${from} any more`)),
    ...missing(now, old, 'upgradesFrom').map((from) => change('minor', `takes data of ${from}, too`)),
    ...(isOtherSeries(old, now) ? [change('major', 'has images of another series, so tags that were accepted are refused')] : []),
  ];
}

/** The engine table of a chart; empty where it has none. */
function enginesOf({ files }: Chart): Row {
  const [, table = ''] = /define "[\w-]+\.engines" -\}\}\n(.*?)\{\{-? end/s.exec(files.get('templates/_engines.tpl') ?? '') ?? [];
  const engines: unknown = parse(table);
  return isObject(engines) ? engines : {};
}

/** What one row's list has and the other's has not. */
function missing(row: Row, other: Row, list: string): readonly string[] {
  const [from, without] = [row[list], other[list]];
  if (!Array.isArray(from) || !Array.isArray(without)) return [];
  return from.filter((word): word is string => typeof word === 'string' && !without.includes(word));
}

/** Whether an image that both have is of another series, by which tags are judged. A method that comes or goes is told as such. */
function isOtherSeries(old: Row, now: Row): boolean {
  const [before, after] = [seriesOf(old), seriesOf(now)];
  return [...before].some(([image, series]) => after.has(image) && after.get(image) !== series);
}

/** The series of the server's image and of each method's. */
function seriesOf({ server, clone }: Row): ReadonlyMap<string, unknown> {
  const images = { server, ...(isObject(clone) ? clone : {}) };
  return new Map(Object.entries(images).map(([name, image]) => [name, isObject(image) ? image['series'] : undefined]));
}
