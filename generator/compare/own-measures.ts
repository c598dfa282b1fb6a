import { isDeepStrictEqual } from 'node:util';
import { ENGINES } from '../../schema/engines.ts';
import { RULES } from '../../schema/rules.ts';
import type { ChartValues } from '../check/chart-values.ts';
import { InputError } from '../errors/input-error.ts';
import { PACKAGE_ROOT } from '../files/package-root.ts';
import { packageVersion } from '../files/package-version.ts';
import { CONTRACT_FILE, contractOf } from '../rules/contract.ts';
import { valuesOf, type Chart } from './read-chart.ts';
import { comparable, readContract } from './read-contract.ts';

/**
 * The measures that a chart has for values, where this program can apply them: a chart of another version may have rules and engines
 * that it does not know.
 */
export async function judgedBy(chart: Chart): Promise<ChartValues> {
  const values = valuesOf(chart);
  const foreign = foreignPart(chart);
  if (foreign === undefined) return values;
  const own = await packageVersion(PACKAGE_ROOT);
  const sentence =
    `${chart.from} is ${chart.name} ${chart.version}, and this program is of version ${own}, which ${foreign}. ` +
    'Take the mysql-sts that the chart was made with.';
  throw new InputError('OTHER_VERSION', sentence);
}

/** In what this program's rules and engines are others than a chart's. */
function foreignPart(chart: Chart): string | undefined {
  const theirs = readContract(chart);
  if (theirs === undefined) return `looks for the chart's rules in ${CONTRACT_FILE}, where it has none`;
  const ours = comparable(contractOf(RULES, ENGINES));
  const conditions = (contract: typeof ours): ReadonlyMap<string, unknown> =>
    new Map([...contract.rules].map(([id, { brokenWhen }]) => [id, brokenWhen]));
  const engine = firstDifference(theirs.engines, ours.engines);
  const rule = firstDifference(conditions(theirs), conditions(ours));
  if (engine !== undefined) return `differs in the engine ${engine}`;
  return rule === undefined ? undefined : `differs in the rule ${rule}`;
}

/** The first key that one map lacks or has otherwise. */
function firstDifference(theirs: ReadonlyMap<string, unknown>, ours: ReadonlyMap<string, unknown>): string | undefined {
  const keys = [...theirs.keys(), ...ours.keys()];
  return keys.find((key) => !theirs.has(key) || !ours.has(key) || !isDeepStrictEqual(theirs.get(key), ours.get(key)));
}
