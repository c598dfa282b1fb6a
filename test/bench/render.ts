/**
 * How long `helm template` takes for this chart and for others: `node --import tsx test/bench/render.ts [--runs N] [--json]
 * [--from OWNER/NAME=FOLDER]...`. All are rendered in turn, so that a machine which becomes slower does so for all of them.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { print, printJson, tableLines } from '../../generator/commands/terminal.ts';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { helm, HELMS, objects, type Helm } from '../support/helm.ts';
import { CHART } from '../support/tools.ts';
import { median } from './median.ts';
import { chartOf, RIVALS } from './rivals.ts';

/** A chart with the values that it is rendered with. */
interface Rendering {
  readonly name: string;
  readonly chart: string;
  readonly values: string;
}

/** Milliseconds of whole processes, and how many times as long as the first rendering. */
interface Timing {
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
  readonly ratio: number;
}

interface Result {
  readonly name: string;
  readonly objects: number;
  readonly bytes: number;
  readonly timings: Readonly<Record<Helm, Timing>>;
}

/** Certificates are new keys in each rendering that sees no cluster, and finding large primes takes its time. */
const OWN: Readonly<Record<string, PlainValues>> = {
  'mysql-sts': {},
  'mysql-sts, certificates in a Secret': { tls: { mode: 'secret', secretName: 'certificates' } },
};

/** Beside a primary with replicas, the others must have replicas, too. */
const THEIRS: Readonly<Record<string, PlainValues>> = {
  'one server': {},
  'with replicas': { architecture: 'replication' },
};

function renderings(checkouts: ReadonlyMap<string, string>, folder: string): readonly Rendering[] {
  const rendering = (name: string, chart: string, values: PlainValues): Rendering => {
    const file = join(folder, `${name.replaceAll(/\W+/g, '-')}.yaml`);
    writeFileSync(file, stringify(values));
    return { name, chart, values: file };
  };
  const own = Object.entries(OWN).map(([name, values]) => rendering(name, CHART, values));
  const theirs = RIVALS.flatMap((rival) => {
    const place = join(folder, rival.name);
    mkdirSync(place);
    const chart = chartOf(rival, checkouts.get(rival.repository), place);
    return Object.entries(THEIRS).map(([how, values]) => rendering(`${rival.name}, ${how}`, chart, values));
  });
  return [...own, ...theirs];
}

/** Renders once. */
function render(version: Helm, { name, chart, values }: Rendering): { readonly text: string; readonly milliseconds: number } {
  const started = performance.now();
  const { status, stdout, stderr } = helm(version, ['template', 'demo', chart, '--values', values]);
  const milliseconds = performance.now() - started;
  if (status !== 0) throw new Error(`${version} cannot render ${name}: ${stderr}`);
  return { text: stdout, milliseconds };
}

/** Renders everything in turn, once without counting, and returns the times of each. */
function measure(version: Helm, all: readonly Rendering[], runs: number): readonly (readonly number[])[] {
  const times = all.map((): number[] => []);
  for (let run = 0; run <= runs; run++) {
    all.forEach((rendering, index) => {
      const { milliseconds } = render(version, rendering);
      if (run > 0) times[index]?.push(milliseconds);
    });
  }
  return times;
}

function timing(times: readonly number[], first: readonly number[]): Timing {
  const middle = median(times);
  return { median: middle, fastest: Math.min(...times), slowest: Math.max(...times), ratio: middle / median(first) };
}

function results(all: readonly Rendering[], runs: number): readonly Result[] {
  const times = { helm3: measure('helm3', all, runs), helm4: measure('helm4', all, runs) };
  return all.map((rendering, index): Result => {
    const { text } = render('helm4', rendering);
    const of = (version: Helm): Timing => timing(times[version][index] ?? [], times[version][0] ?? []);
    const timings = { helm3: of('helm3'), helm4: of('helm4') };
    return { name: rendering.name, objects: objects(text).length, bytes: Buffer.byteLength(text), timings };
  });
}

function report(all: readonly Result[], runs: number): void {
  print(`helm template, median of ${runs} (fastest to slowest), and the ratio to ${String(all[0]?.name)}\n`);
  const rows = all.map(({ name, objects: count, bytes, timings }) => [
    name,
    String(count),
    `${(bytes / 1024).toFixed(0)} KiB`,
    ...HELMS.map((version) => timingText(timings[version])),
  ]);
  const cells = [['chart', 'objects', 'output', ...HELMS], ...rows].map((row) => row.map((text) => ({ text })));
  for (const line of tableLines(cells, Infinity)) print(line);
}

function timingText({ median: middle, fastest, slowest, ratio }: Timing): string {
  const [shown, low, high] = [middle, fastest, slowest].map((time) => time.toFixed(0));
  return `${shown} ms (${low} to ${high})  ${ratio.toFixed(2)}`;
}

function main(): void {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '20' }, json: { type: 'boolean' }, from: { type: 'string', multiple: true, default: [] } },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs takes a whole number from 1, not ${values.runs}.`);
  const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  try {
    const measured = results(renderings(new Map(values.from.map(checkoutOf)), folder), runs);
    if (values.json === true) printJson({ runs, charts: measured });
    else report(measured, runs);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function checkoutOf(text: string): [repository: string, folder: string] {
  const [repository = '', folder = ''] = text.split('=');
  const known = RIVALS.map((rival) => rival.repository);
  if (!known.includes(repository) || folder === '') {
    throw new Error(`--from ${text} names no checkout. Write OWNER/NAME=FOLDER; the repositories are ${known.join(' and ')}.`);
  }
  return [repository, folder];
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
