/** The parts of the benchmark: what is measured one after the other on one release, and is measured again as a whole. */

import { basename } from 'node:path';
import { imageFolder } from '../cluster/images/cache.ts';
import { recipesFor } from '../cluster/images/recipes.ts';
import { removeNamespace } from '../e2e/support/namespaces.ts';
import { isOfChart } from '../faults/support/subjects.ts';
import { digestOf } from '../support/digest.ts';
import { measureIdle } from './measures/idle.ts';
import { measureGrowth, measureInstall, measureReplica } from './measures/life.ts';
import { measureLimit, measurePipeline } from './measures/limit.ts';
import { measureAgent, measureProbe } from './measures/rest.ts';
import { measureServing } from './measures/serving.ts';
import { CONTENDERS, makeOpenNamespace, MARIADB_CHART, MYSQL_CHART, type Contender, type Ledger } from './support.ts';

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

async function inNamespace(work: (namespace: string) => Promise<void>): Promise<void> {
  const namespace = await makeOpenNamespace('bench');
  try {
    await work(namespace);
  } finally {
    await removeNamespace(namespace);
  }
}

/** All that is measured of a release with data. */
function life(contender: Contender): Part {
  return {
    name: `life of ${contender.title}`,
    contenders: [contender],
    run: ({ megabytes }, ledger) =>
      inNamespace(async (namespace) => {
        const course = await measureInstall(contender, namespace, ledger);
        await measureReplica(course, contender, megabytes, ledger);
        if (contender === MARIADB_CHART) {
          await measureLimit(course, ledger);
          await measurePipeline(course, ledger);
        }
        await measureServing(course, contender, ledger);
        await measureGrowth(course, contender, megabytes, ledger);
      }),
  };
}

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

/** Which engine it is makes no difference to it. */
const nothing: Part = {
  name: 'pods that do nothing',
  contenders: [MARIADB_CHART],
  run: ({ megabytes }, ledger) => inNamespace(async (namespace) => measureIdle(await MARIADB_CHART.install(namespace), megabytes, ledger)),
};

export const PARTS: readonly Part[] = [...CONTENDERS.map(life), nothing, rest];

/** These print, or say which images there are. */
const APART = ['test/e2e/support/autopsy.ts', 'test/cluster/images/recipes.ts'];

/** Names all that decides what a part finds. */
export function digestFor({ contenders }: Part, { megabytes, restSeconds }: Options): string {
  const ofChart = contenders.some(({ subject }) => isOfChart(subject));
  const images = contenders.map(({ subject }) => (isOfChart(subject) ? subject.engine : subject.name));
  return digestOf({
    modules: ['test/bench/parts.ts'],
    apart: APART,
    files: ofChart ? ['chart/templates', 'chart/files', 'chart/values.yaml'] : ['test/tutorial/manifests.yaml'],
    words: [`${megabytes} MB, ${restSeconds} s`, ...recipesFor(images).map((recipe) => basename(imageFolder(recipe).folder))],
  });
}
