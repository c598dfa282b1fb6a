/** Writes docs/performance.md and its plots from what was measured. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/tools.ts';
import { IDLE_POD } from './measures/idle.ts';
import { CLONE, cloneOf, COPY_RATE, growthWith, INSTALL, LAST_START, PRIMARY_START, RESTART, WHOLE_COPY } from './measures/life.ts';
import { PIPELINE, STREAM_LIMIT } from './measures/limit.ts';
import { AGENT_CPU, AGENT_MEMORY, PROBE_CPU } from './measures/rest.ts';
import { inChain, inRounds } from './measures/rounds.ts';
import { WRITES_ALONE, WRITES_KEPT, WRITES_SERVING } from './measures/serving.ts';
import type { Pace } from './pace.ts';
import { digestFor, PARTS, type Options } from './parts.ts';
import { barPlot } from './plot.ts';
import { benchResults, type Measurement, type PartResult } from './results.ts';
import { CONTENDERS, MARIADB_CHART, MYSQL_CHART, TUTORIAL } from './support.ts';

/** What a share or an amount must keep to. */
interface Bound {
  readonly side: 'at most' | 'at least';
  readonly value: number;
}

/** What a measurement is to be, by the project's own aims: a share of a base's, or an amount. */
interface Aim {
  readonly what: string;
  readonly aim: string;
  readonly plot: string;
  /** Whose number the others are divided by. */
  readonly base: string | undefined;
  /** Left out where something is only told. */
  readonly bound?: Bound;
}

const SIMULATED_PODS = [2, 3, 6, 12, 25, 50, 100];
const PROFILES = [PRIMARY_START, LAST_START, RESTART, CLONE];

function atMost(value: number): Bound {
  return { side: 'at most', value };
}

function aims(megabytes: number): readonly Aim[] {
  const share = (what: string, bound: Bound, plot: string): Aim => ({
    what,
    aim: `${bound.side} ${bound.value} of the tutorial's`,
    plot,
    base: TUTORIAL.title,
    bound,
  });
  const amount = (what: string, bound: Bound, unit: string, plot: string): Aim => ({
    what,
    aim: `${bound.side} ${bound.value} ${unit}`,
    plot,
    base: undefined,
    bound,
  });
  const told = (what: string, plot: string, base?: string): Aim => ({ what, aim: 'told for comparison', plot, base });
  return [
    share(INSTALL, atMost(0.8), 'install'),
    share(RESTART, atMost(0.5), 'restart'),
    share(cloneOf(megabytes), atMost(0.5), 'clone'),
    {
      what: WHOLE_COPY,
      aim: "less than the tutorial's pipeline takes with the same tool and data; pods, volumes and replication apart",
      plot: 'whole-copy',
      base: PIPELINE,
      bound: atMost(1),
    },
    { what: COPY_RATE, aim: 'at least 0.7 of the limit', plot: 'copy', base: STREAM_LIMIT, bound: { side: 'at least', value: 0.7 } },
    share(growthWith(megabytes), atMost(0.5), 'growth'),
    amount(AGENT_CPU, atMost(10), 'millicores', 'agent-processor'),
    told(PROBE_CPU, 'probe-processor'),
    amount(AGENT_MEMORY, atMost(24), 'MiB', 'agent-memory'),
    told(WRITES_ALONE, 'writes-alone', TUTORIAL.title),
    told(WRITES_SERVING, 'writes-serving', TUTORIAL.title),
    told(WRITES_KEPT, 'writes-kept'),
  ];
}

/** A number with the machine that it was measured on. */
type Placed = Measurement & Pick<PartResult, 'machine'>;

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [row(head), row(head.map(() => '---')), ...rows.map(row), ''];
}

/** Whether something keeps to its bound, where it is the chart's and known. */
function verdict({ contender }: Placed, value: number | undefined, { side, value: limit }: Bound): string {
  const isOfChart = [MYSQL_CHART, MARIADB_CHART].some(({ title }) => title === contender);
  if (!isOfChart || value === undefined) return '–';
  return (side === 'at most' ? value <= limit : value >= limit) ? 'met' : 'not met';
}

function section(all: readonly Placed[], { what, aim, plot, base, bound }: Aim): readonly string[] {
  const rows = all.filter((each) => each.what === what);
  const first = rows.find(({ contender }) => contender === base);
  const ratio = ({ value, machine }: Placed): number | undefined => (first?.machine === machine ? value / first.value : undefined);
  const cells = rows.map((each) => [
    each.contender,
    `${each.value.toFixed(1)} ${each.unit}`,
    ...(base === undefined ? [] : [ratio(each)?.toFixed(2) ?? '–']),
    ...(bound === undefined ? [] : [verdict(each, base === undefined ? each.value : ratio(each), bound)]),
  ]);
  const titles = ['who', 'measured', ...(base === undefined ? [] : [`ratio to ${base}`]), ...(bound === undefined ? [] : ['aim'])];
  return [`## ${what}`, '', `Aim: ${aim}.`, '', ...table(titles, cells), `![${what}](performance/${plot}.svg)`, ''];
}

/** Where the seconds go, a column for each contender. */
function profiles(results: readonly PartResult[]): readonly string[] {
  const all = results.flatMap((result) => result.profiles);
  return PROFILES.flatMap((what) => {
    const own = [...CONTENDERS.map(({ title }) => title), IDLE_POD].flatMap(
      (title) => all.find((profile) => profile.what === what && profile.contender === title) ?? [],
    );
    const names = [...new Set(own.flatMap(({ phases }) => phases.map(({ name }) => name)))];
    const rows = names.map((name) => [
      name,
      ...own.map(({ phases }) => phases.find((phase) => phase.name === name)?.seconds.toFixed(1) ?? '–'),
    ]);
    return own.length === 0 ? [] : [`### ${what}`, '', ...table(['seconds', ...own.map(({ contender }) => contender)], rows)];
  });
}

function simulation(all: readonly Placed[], megabytes: number): readonly string[] {
  const rates = CONTENDERS.map(({ title }) => {
    const valueOf = (what: string): number => all.find((each) => each.what === what && each.contender === title)?.value ?? NaN;
    const copy = megabytes / valueOf(COPY_RATE);
    return { title, copy, start: Math.max(0, valueOf(cloneOf(megabytes)) - copy) };
  }).filter(({ start }) => !Number.isNaN(start));
  const seconds = (rate: (typeof rates)[number], pods: number): string =>
    (rate.title === TUTORIAL.title ? inChain(pods, rate) : inRounds(pods, rate)).toFixed(0);
  return [
    '## Many pods, by simulation',
    '',
    'Seconds until the last pod is Ready, from the rates above, for a network and disks that no two copies share. A donor serves one',
    'copy at a time and every pod that is Ready is a donor, so the time grows with the logarithm; the tutorial copies one after the other.',
    '',
    ...table(
      ['pods', ...rates.map(({ title }) => title)],
      SIMULATED_PODS.map((pods) => [String(pods), ...rates.map((rate) => seconds(rate, pods))]),
    ),
  ];
}

function head(results: readonly PartResult[], options: Options): readonly string[] {
  const parts = PARTS.flatMap((part) => {
    const result = results.find((each) => each.part === part.name);
    if (result === undefined) return [[part.name, 'not measured', '–', '–', '–', '–', '–']];
    const isOld = result.digest !== digestFor(part, options);
    const change = (value: (pace: Pace) => number): string => result.paces.map((pace) => value(pace).toFixed(1)).join(' → ');
    const took = `${(result.seconds / 60).toFixed(1)} min`;
    const machine = `${result.processors} (${result.machine})`;
    return [
      [
        isOld ? `${part.name} †` : part.name,
        result.date,
        result.commit,
        took,
        change(({ hash }) => hash),
        change(({ sync }) => sync),
        machine,
      ],
    ];
  });
  return [
    '# Performance',
    '',
    'Made by `make bench`; edit the tests, not this page. What counts is the ratio, and there is one only between parts of one machine that was not',
    `started anew in between. All of it is measured on one node with ${options.megabytes} MB of rows, the agents for ${options.restSeconds} s. Servers and clone tools`,
    "are the real ones but for the tutorial's XtraBackup, whose stand-in copies files while the donor is locked and has nothing to prepare, which",
    'favours the tutorial. So its pipeline is measured with the real mariadb-backup, too. The limit of a restart and of a clone is what Kubernetes',
    'takes for a pod of the chart whose containers do nothing: two init containers, one after the other, and then the others.',
    '',
    'Those that are compared take their turns, four each, of which the first does not count and the middle of the others is told; writes and',
    "growth are measured once. The machine's own pace is the time in which it hashes 1 GiB, and writes and syncs 100 MiB, before a part and after it.",
    'A virtual machine waits for memory that its host has taken back, so all of it is used once before, and kept until the end.',
    '',
    ...table(['part', 'on', 'at commit', 'took', 'hashing, s', 'syncing, s', 'machine'], parts),
    '† measured on an older tree: the chart, the test or the image has changed since.',
    '',
  ];
}

/** Writes the page and the plots. */
export function writePage(options: Options): void {
  const folder = join(ROOT, 'docs/performance');
  mkdirSync(folder, { recursive: true });
  const results = benchResults.read();
  const all = PARTS.flatMap((part) => results.filter((each) => each.part === part.name)).flatMap(({ machine, measurements }) =>
    measurements.map((each): Placed => ({ ...each, machine })),
  );
  const told = aims(options.megabytes).filter(({ what }) => all.some((each) => each.what === what));
  for (const { what, plot } of told) {
    const rows = all.filter((each) => each.what === what);
    writeFileSync(
      join(folder, `${plot}.svg`),
      barPlot(
        what,
        rows[0]?.unit ?? '',
        rows.map(({ contender, value }) => ({ label: contender, value })),
      ),
    );
  }
  const profiled = [
    '## Where the seconds go',
    '',
    'From the start of a pod, or the end of the one before it, until it is Ready.',
    '',
    ...profiles(results),
  ];
  const lines = [
    ...head(results, options),
    ...told.flatMap((aim) => section(all, aim)),
    ...profiled,
    ...simulation(all, options.megabytes),
  ];
  writeFileSync(join(ROOT, 'docs/performance.md'), lines.join('\n'));
}
