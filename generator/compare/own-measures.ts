import { ENGINES } from '../../schema/engines.ts';
import { RULES } from '../../schema/rules.ts';
import type { ChartValues } from '../check/chart-values.ts';
import { InputError } from '../errors/input-error.ts';
import { PACKAGE_ROOT } from '../files/package-root.ts';
import { packageVersion } from '../files/package-version.ts';
import { dereference } from '../model/json-schema.ts';
import { conditionText } from '../phases/render-validate.ts';
import { rulesOf } from './chart-changes.ts';
import { valuesOf, type Chart } from './read-chart.ts';

/**
 * The measures that a chart has for values, where this program can apply them: a chart of another version may have rules and engines
 * that it does not know.
 */
export async function judgedBy(chart: Chart): Promise<ChartValues> {
  const values = valuesOf(chart);
  const foreign = foreignEngine(values) ?? foreignRule(chart);
  if (foreign === undefined) return values;
  const own = await packageVersion(PACKAGE_ROOT);
  const sentence =
    `${chart.from} is ${chart.name} ${chart.version}, and this program is of version ${own}, which differs in ${foreign}. ` +
    'Take the mysql-sts that the chart was made with.';
  throw new InputError('OTHER_VERSION', sentence);
}

function foreignEngine({ schema }: ChartValues): string | undefined {
  const engine = schema.properties?.['engine'];
  const offered = engine === undefined ? [] : (dereference(engine, schema).enum ?? []).map(String);
  return firstDifference('the engine', new Set(offered), new Set(ENGINES.map(({ name }) => name)));
}

/** An edition's templates bear its own name, where the chart's bear this one. */
function foreignRule(chart: Chart): string | undefined {
  const spoken = (id: string, condition: string): string => `${id}: ${condition.replaceAll(`include "${chart.name}.`, 'include "mysql-sts.')}`;
  const theirs = [...rulesOf(chart)].map(([id, condition]) => spoken(id, condition));
  const ours = RULES.map(({ id, brokenWhen }) => spoken(id, conditionText(brokenWhen)));
  const difference = firstDifference('the rule', new Set(theirs), new Set(ours));
  return difference?.replace(/:.*/s, '');
}

function firstDifference(what: string, theirs: ReadonlySet<string>, ours: ReadonlySet<string>): string | undefined {
  const word = [...theirs].find((other) => !ours.has(other)) ?? [...ours].find((own) => !theirs.has(own));
  return word === undefined ? undefined : `${what} ${word}`;
}
