import { parse } from 'yaml';
import { isObject } from '../json-schema.ts';
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
  const isSame = seriesOf(old) === seriesOf(now);
  return [
    ...missing(old, now, 'methods').map((method) => change('major', `can no longer be cloned by ${method}`)),
    ...missing(now, old, 'methods').map((method) => change('minor', `can be cloned by ${method}, too`)),
    ...missing(old, now, 'upgradesFrom').map((from) => change('major', `takes no data of ${from} any more`)),
    ...missing(now, old, 'upgradesFrom').map((from) => change('minor', `takes data of ${from}, too`)),
    ...(isSame ? [] : [change('major', 'has images of another series, so tags that were accepted are refused')]),
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

/** The series of the server's image and of each method's that this table has, by which tags are judged. */
function seriesOf({ server, clone }: Row): string {
  const images = { server, ...(isObject(clone) ? clone : {}) };
  return JSON.stringify(Object.entries(images).map(([name, image]) => [name, isObject(image) ? image['series'] : undefined]));
}
