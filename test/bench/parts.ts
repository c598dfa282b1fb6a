/** The parts of the benchmark: what is measured as a whole, and measured again as a whole. */

import { basename } from 'node:path';
import { imageFolder } from '../cluster/images/cache.ts';
import { recipesFor } from '../cluster/images/recipes.ts';
import { isOfChart } from '../faults/support/subjects.ts';
import { digestOf } from '../support/digest.ts';
import type { Course } from '../faults/support/course.ts';
import { idleTurn } from './measures/idle.ts';
import { installFilled, installTurn, measureGrowth, replicaTurn } from './measures/life.ts';
import { limitTurns, pipelineTurn } from './measures/limit.ts';
import { measureAgent, measureProbe } from './measures/rest.ts';
import { measureServing } from './measures/serving.ts';
import { CONTENDERS, inNamespace, inNamespaces, MARIADB_CHART, MYSQL_CHART, type Contender, type Ledger } from './support.ts';
import { takeTurns } from './turns.ts';

/** What a run is made with. */
export interface Options {
  readonly megabytes: number;
  readonly restSeconds: number;
}

/** A part of the benchmark. */
export interface Part {
  readonly name: string;
  readonly contenders: readonly Contender[];
  readonly run: (options: Options, ledger: Ledger) => Promise<void>;
}

const installs: Part = {
  name: 'installs, in turn',
  contenders: CONTENDERS,
  run: (_options, ledger) => takeTurns(CONTENDERS.map(installTurn), ledger),
};

/** All that is measured of releases with data, which are there at the same time. */
const replicas: Part = {
  name: 'replicas with data, in turn',
  contenders: CONTENDERS,
  run: ({ megabytes }, ledger) =>
    inNamespaces(CONTENDERS.length + 1, async ([spare = '', ...namespaces]) => {
      const runners: { readonly contender: Contender; readonly course: Course }[] = [];
      for (const [index, contender] of CONTENDERS.entries()) {
        runners.push({ contender, course: await installFilled(contender, namespaces[index] ?? '', megabytes) });
      }
      // Which engine it is makes no difference to pods that do nothing, and one with mariadb-backup has the limits' files.
      const idle = await idleTurn(await MARIADB_CHART.install(spare), megabytes);
      const limits = runners
        .filter(({ contender }) => contender === MARIADB_CHART)
        .map(async ({ course }) => [...(await limitTurns(course)), await pipelineTurn(course)]);
      const turns = runners.map(({ contender, course }) => replicaTurn(course, contender, megabytes));
      await takeTurns([...turns, idle, ...(await Promise.all(limits)).flat()], ledger);
      for (const { contender, course } of runners) await measureServing(course, contender, ledger);
      for (const { contender, course } of runners) await measureGrowth(course, contender, megabytes, ledger);
    }),
};

/** Both agents rest at the same time: their control groups are counted apart. */
const rest: Part = {
  name: 'agents at rest',
  contenders: [MYSQL_CHART, MARIADB_CHART],
  run: async ({ restSeconds }, ledger) => {
    const measured = async (contender: Contender): Promise<void> =>
      inNamespace(async (namespace) => {
        const course = await contender.install(namespace);
        await measureAgent(course, contender, restSeconds, ledger);
        await measureProbe(course, contender, ledger);
      });
    await Promise.all([MYSQL_CHART, MARIADB_CHART].map(measured));
  },
};

export const PARTS: readonly Part[] = [installs, replicas, rest];

/** These print, or say which images there are. */
const APART = ['test/e2e/support/autopsy.ts', 'test/cluster/images/recipes.ts'];

/** Names all that decides what a part finds. */
export function digestFor({ contenders }: Part, { megabytes, restSeconds }: Options): string {
  const [charts, tutorials] = [
    contenders.filter(({ subject }) => isOfChart(subject)),
    contenders.filter(({ subject }) => !isOfChart(subject)),
  ];
  const images = contenders.map(({ subject }) => (isOfChart(subject) ? subject.engine : subject.name));
  return digestOf({
    modules: ['test/bench/parts.ts', 'test/bench/memory.ts'],
    apart: APART,
    files: [
      ...(charts.length > 0 ? ['chart/templates', 'chart/files', 'chart/values.yaml'] : []),
      ...(tutorials.length > 0 ? ['test/tutorial/manifests.yaml'] : []),
    ],
    words: [`${megabytes} MB, ${restSeconds} s`, ...recipesFor(images).map((recipe) => basename(imageFolder(recipe).folder))],
  });
}
