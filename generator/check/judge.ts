import { compileValidator } from '../model/validator.ts';
import { findBrokenRules, type BrokenRule } from '../rules/evaluate-rules.ts';
import { effectiveValues, type ChartValues } from './chart-values.ts';
import { nearestEntry, type Entry } from './entry.ts';
import type { Finding } from './finding.ts';
import { placeOf, type Place } from './place.ts';
import { schemaFindings, type SchemaFinding } from './schema-findings.ts';

/** Everything that is wrong with values: each by itself, and together. */
export function judge(entry: Entry, chart: ChartValues): readonly Finding[] {
  const values = effectiveValues(chart.defaults, entry);
  const validate = compileValidator(chart.schema);
  const single = validate(values) ? [] : schemaFindings(validate.errors ?? [], chart);
  const broken = findBrokenRules(chart.rules, { values, engines: chart.engines }).filter(({ rule }) =>
    rule.paths.every((path) => !single.some(({ keys }) => overlaps(keys, path.split('.')))),
  );
  return [...single.map((finding) => placedFinding(finding, entry)), ...broken.map((rule) => ruleFinding(rule, entry))];
}

/** Whether one of two paths leads to the other: what a rule says of a value that is wrong by itself helps nobody. */
function overlaps(left: readonly string[], right: readonly string[]): boolean {
  return left.every((key, index) => index >= right.length || right[index] === key);
}

function placedFinding({ keys, isAboutKey, ...finding }: SchemaFinding, root: Entry): Finding {
  return { ...finding, place: placeNear(root, keys, isAboutKey) };
}

/** A broken rule has the path of the value that is likeliest to mend it, and is shown at the first of its values that a person wrote. */
function ruleFinding({ rule, sentence, cure }: BrokenRule, root: Entry): Finding {
  const [first] = rule.paths;
  const written = rule.paths.filter((path) => nearestEntry(root, path.split('.')).isExact);
  return {
    code: 'BROKEN_RULE',
    path: first,
    together: rule.paths,
    place: placeNear(root, (written[0] ?? first).split('.'), false),
    message: sentence,
    cure,
  };
}

/** Where a value stands, or else the key of the deepest section above it that somebody wrote; nothing if nobody did. */
function placeNear(root: Entry, keys: readonly string[], isAboutKey: boolean): Place | undefined {
  const { entry, isExact } = nearestEntry(root, keys);
  if (entry === root && !isExact) return undefined;
  const span = isAboutKey || !isExact ? entry.keySpan : entry.valueSpan;
  return span && placeOf(span);
}
