/** Turns a file of another chart into one of this chart. No part of it needs Node. */
import type { ChartValues } from '../check/chart-values.ts';
import { entryOf } from '../check/entry.ts';
import type { Finding } from '../check/finding.ts';
import { judge } from '../check/judge.ts';
import { entryAt } from '../check/leaves.ts';
import type { SourceText } from '../check/place.ts';
import { valueAt } from '../model/model.ts';
import { keysOf } from '../origins/paths.ts';
import type { OriginName, Target } from '../origins/row.ts';
import { commentsOf, type Comments } from './comments.ts';
import type { Placed, Placement } from './placement.ts';
import { readOldFile, type OldFile } from './read-old-file.ts';
import type { Conversion, Translated } from './report.ts';
import { safeComment } from './secrets.ts';
import { secretToMake } from './secret-to-make.ts';
import { passwordsIn, translate } from './translate.ts';
import { valuesText, type Written } from './write-values.ts';

export interface ConvertOptions {
  /** Which chart the file is for, where nothing in it says so. */
  readonly from?: OriginName | undefined;
  /** The key below which a parent chart has the values. */
  readonly at?: string | undefined;
}

export type Converted =
  { readonly kind: 'converted'; readonly conversion: Conversion } | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** Converts one file. What it writes has no mistakes by the measures of `chart`. */
export function convert(source: SourceText, chart: ChartValues, options: ConvertOptions = {}): Converted {
  const read = readOldFile(source, { schema: chart.schema, ...options });
  return read.kind === 'refused' ? read : { kind: 'converted', conversion: convertOldFile(read.file, chart) };
}

function convertOldFile(file: OldFile, chart: ChartValues): Conversion {
  const { tree, origin, source, wrapping } = file;
  const passwords = passwordsIn(tree, origin);
  const translation = translate(tree, origin, passwords);
  const { placement } = translation;
  shareSettings(placement);
  dropDefaults(placement, chart);
  const secret = secretToMake(translation);
  const refusals = takeBackMistakes(placement, chart);
  const rows = translation.rows.map((row) => withRefusal(row, refusals, placement)).filter((row) => isTelling(row, placement));
  const comments = commentsOf(source, tree, (comment) => safeComment(comment, passwords));
  const written = inReadingOrder(placement.all()).map((placed) => withComments(placed, file, comments));
  const head = [...comments.head, ` Made from values of ${origin.title} by mysql-sts convert.`];
  const text = valuesText(written, chart.defaults, comments, { head, foot: () => leftOver(rows, file, comments) });
  return { origin: origin.name, title: origin.title, wrapping, text, rows, secret };
}

/** What primary and replicas have alike is common. */
function shareSettings(placement: Placement): void {
  const primary = placement.get('config.primary');
  const replica = placement.get('config.replica');
  if (typeof primary?.value !== 'string' || primary.value !== replica?.value) return;
  const common = placement.get('config.common')?.value;
  const value = typeof common === 'string' ? primary.value + common.replace(/^\[mysqld\]\n/, '') : primary.value;
  placement.move('config.primary', 'config.common', value);
  placement.remove('config.replica');
}

/** What a person looks for first, and what our defaults may say otherwise one day. */
const ALWAYS: readonly Target[] = ['engine', 'replicaCount', 'storage.size'];

/** Another default of the old chart that is ours, too, needs no line. */
function dropDefaults(placement: Placement, { defaults }: ChartValues): void {
  for (const { target, value, isDefault } of placement.all()) {
    if (isDefault && !ALWAYS.includes(target) && JSON.stringify(valueAt(defaults, target)) === JSON.stringify(value))
      placement.remove(target);
  }
}

/** Takes out what the chart would refuse, until it refuses nothing. Gives the sentence for each place. */
function takeBackMistakes(placement: Placement, chart: ChartValues): ReadonlyMap<Target, string> {
  const refusals = new Map<Target, string>();
  for (;;) {
    const [finding] = judge(entryOf(nested(placement.all())), chart);
    if (finding === undefined) return refusals;
    const paths = finding.together ?? [finding.path];
    const wrong = placement.all().find(({ target }) => paths.some((path) => overlap(target, path))) ?? placement.all()[0];
    if (wrong === undefined) return refusals;
    refusals.set(wrong.target, `${finding.path}: ${finding.message}`);
    placement.remove(wrong.target);
  }
}

function overlap(target: string, path: string): boolean {
  return path === target || path.startsWith(`${target}.`) || path.startsWith(`${target}[`) || target.startsWith(`${path}.`);
}

function nested(placed: readonly Placed[]): unknown {
  const root: Record<string, unknown> = {};
  for (const { target, value } of placed) {
    const keys = target.split('.');
    let level = root;
    for (const key of keys.slice(0, -1)) level = (level[key] ??= {}) as Record<string, unknown>;
    level[keys.at(-1) ?? ''] = value;
  }
  return root;
}

function withRefusal(row: Translated, refusals: ReadonlyMap<Target, string>, placement: Placement): Translated {
  const refused = row.to.find((target) => refusals.has(target));
  if (refused !== undefined)
    return { ...row, verdict: 'lacking', to: [], sentence: `The chart would refuse it: ${refusals.get(refused) ?? ''}` };
  const shared = row.to.map((target): Target => (isShared(target) && placement.get(target) === undefined ? 'config.common' : target));
  return { ...row, to: shared };
}

/** Defaults that are the same in both charts are nobody's concern. */
function isTelling({ verdict, to }: Translated, placement: Placement): boolean {
  return verdict !== 'default' || to.some((target) => placement.get(target) !== undefined);
}

/** In the order of the old file, so that the comment of a section goes to the first of its values. */
function inReadingOrder(placed: readonly Placed[]): readonly Placed[] {
  const start = ({ entries }: Placed): number => Math.min(...entries.map(({ keySpan }) => keySpan?.start ?? 0), Number.MAX_SAFE_INTEGER);
  return [...placed].sort((left, right) => start(left) - start(right));
}

function isShared(target: Target): boolean {
  return target === 'config.primary' || target === 'config.replica';
}

/** Comments of a value, and of the sections above it that nobody has told yet. */
function withComments(placed: Placed, { tree }: OldFile, comments: Comments): Written {
  const above: string[] = [];
  let behind: string | undefined;
  for (const from of placed.from) {
    const keys = keysOf(from);
    for (const depth of keys.keys()) {
      const entry = entryAt(tree, keys.slice(0, depth + 1));
      if (entry === undefined) continue;
      const found = comments.of(entry);
      above.push(...found.above);
      if (found.behind !== undefined && depth === keys.length - 1 && behind === undefined) behind = found.behind;
      else if (found.behind !== undefined) above.push(found.behind);
    }
  }
  return { ...placed, above, behind };
}

/** What has no place, and comments of values that are gone, for the end of the file. */
function leftOver(rows: readonly Translated[], { tree, origin }: OldFile, comments: Comments): readonly string[] {
  const left = rows.filter(({ verdict }) => verdict === 'lacking' || verdict === 'unknown');
  const lines = left.flatMap(({ from, sentence }) => {
    const entry = entryAt(tree, keysOf(from));
    const { above, behind } = entry === undefined ? { above: [], behind: undefined } : comments.of(entry);
    return [` - ${from}: ${sentence}`, ...[...above, ...(behind === undefined ? [] : [behind])].map(indented)];
  });
  const rest = comments.rest().map(indented);
  return [
    ...(lines.length === 0 ? [] : [` What ${origin.title} did by these values, this chart does not do:`, ...lines]),
    ...(rest.length === 0 ? [] : [' Comments on values that need no place any more:', ...rest]),
  ];
}

function indented(line: string): string {
  return `    ${line.trimEnd()}`;
}
