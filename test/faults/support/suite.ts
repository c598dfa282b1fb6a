/** Runs the list of faults on one engine: each under a writer and a reader, each with the same check at its end. */

import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { printAutopsy } from '../../e2e/support/autopsy.ts';
import { checkSameEverywhere } from '../../e2e/support/compare.ts';
import { makeNamespace, removeLeftovers, removeNamespace } from '../../e2e/support/namespaces.ts';
import { elapsed, say } from '../../e2e/support/progress.ts';
import { install, SMALL, type Overrides } from '../../e2e/support/release.ts';
import { checkRoute } from '../../e2e/support/services.ts';
import { podSql } from '../../e2e/support/sql.ts';
import { fill, Writer, WRITER_TABLE, writeRows } from '../../e2e/support/writer.ts';
import { FAULTS } from '../catalogue.ts';
import { Course } from './course.ts';
import type { Fault } from './fault.ts';
import { Reader, type ReaderReport } from './reader.ts';
import { currentCommit, Results } from './results.ts';
import { chartSite } from './site.ts';
import type { ChartSubject } from './subjects.ts';

const NAME = 'faults';
const MEGABYTES = 150;
/** Answers older than what the values below allow, with the time that the probes and the agent need to see it. */
const OLDEST_ANSWER_S = 60;

/** Short limits, so that what depends on them can be seen; everything that may mend itself does. */
const VALUES: Overrides = {
  ...SMALL,
  storage: { size: '1500Mi', storageClassName: 'local-sized' },
  replication: { maxLag: '10s', maxSourceSilence: '30s' },
  clone: { plugin: { stallTimeout: '10s' } },
  recovery: { primaryVolumeLost: 'reseed', errantTransactions: 'reclone', stoppedReplication: 'start', after: '5s', reclonesPerDay: 50 },
};

/** "telling" picks the short list, whose results are never taken from an earlier run. */
const SHORT = process.env['MYSQL_STS_FAULTS'] === 'telling';
/** A word in the names of the faults to run. */
const ONLY = process.env['MYSQL_STS_ROW'] ?? '';

/** Makes the release that the next fault happens to, or keeps the one that survived the last. */
class Ground {
  readonly #subject: ChartSubject;
  #course: Course | undefined;
  namespace = '';

  constructor(subject: ChartSubject) {
    this.#subject = subject;
  }

  async course(): Promise<Course> {
    return (this.#course ??= await this.#make());
  }

  async leave(): Promise<void> {
    this.#course = undefined;
    if (this.namespace !== '' && process.env['KEEP_FAILED'] === undefined) await removeNamespace(this.namespace);
    this.namespace = '';
  }

  async #make(): Promise<Course> {
    const { engine, method } = this.#subject;
    this.namespace = await makeNamespace(`faults-${engine.replace('.', '-')}`);
    const values = { ...VALUES, engine };
    const release = await install(this.namespace, NAME, values);
    const course = new Course(release, chartSite(release, method, values));
    await fill(release, MEGABYTES);
    await writeRows(release, 100);
    await checkSameEverywhere(release);
    await course.calibrate();
    return course;
  }
}

/** Whether a fault is to happen to a subject in this run. */
function isMeant({ methods, telling, name }: Fault, { method }: ChartSubject): boolean {
  return (methods?.includes(method) ?? true) && (!SHORT || telling === true) && name.includes(ONLY);
}

/** The suite of one subject. */
export function testFaults(subject: ChartSubject): void {
  const test = suite(`faults on ${subject.title}`);
  const [ground, results] = [new Ground(subject), new Results()];

  test.before(removeLeftovers);
  test.after(() => ground.leave());
  for (const fault of FAULTS.filter((each) => isMeant(each, subject))) {
    test(fault.name, async () => {
      say(`\n   ···  ${fault.name}`);
      if (!SHORT && ONLY === '' && results.has(fault.name, subject.name)) {
        say('      survived by this very tree in an earlier run, whose result stands');
      } else {
        await record(fault, subject, ground, results);
      }
    });
  }
  test.run();
}

/** Lets a fault happen and enters what came of it. A release that did not survive is not used again. */
async function record(fault: Fault, subject: ChartSubject, ground: Ground, results: Results): Promise<void> {
  const entry = { fault: fault.name, subject: subject.name, date: new Date().toISOString(), commit: currentCommit() };
  try {
    results.enter({ ...entry, held: true, ...(await suffer(fault, await ground.course())) });
  } catch (error) {
    results.enter({ ...entry, held: false, recovery: 0, detail: String(error) });
    say(`      FAILED: ${String(error)}`);
    if (ground.namespace !== '') await printAutopsy(ground.namespace);
    await ground.leave();
    throw error;
  }
}

interface Outcome {
  readonly recovery: number;
  readonly detail: string;
}

async function suffer(fault: Fault, course: Course): Promise<Outcome> {
  const { release } = course;
  const [writer, reader] = [await Writer.start(release), new Reader(release)];
  course.struck();
  try {
    await fault.strike(course);
    await course.settled();
  } catch (error) {
    await Promise.allSettled([writer.stop(), reader.stop()]);
    throw error;
  }
  const written = await writer.stop();
  const recovery = course.sinceStruck;
  const read = await reader.stop();
  const loss = fault.loses === undefined ? '' : await countLoss(course, reader);
  if (fault.loses === undefined) assert.deepEqual(read.wrong, [], 'reads that lacked rows');
  assert.ok(read.oldest <= OLDEST_ANSWER_S, `the read service gave answers ${read.oldest.toFixed(1)} s old`);
  await checkSameEverywhere(release);
  await checkRoute(release, 'primary', [0]);
  await checkRoute(release, 'read', (await course.pods()).map((_, ordinal) => ordinal).slice(1));
  const detail = `${loss}no write for ${written.longestPause.toFixed(1)} s at most; ${describe(read)}`;
  say(`${elapsed(recovery)}  ${fault.name}: recovered; ${detail}`);
  return { recovery, detail };
}

function describe({ reads, failures, oldest }: ReaderReport): string {
  return `${reads} reads, ${failures} failed, the oldest answer ${oldest.toFixed(1)} s old`;
}

/** Takes from the ledger what no pod has any more, and says how much that is and of what time. */
async function countLoss(course: Course, reader: Reader): Promise<string> {
  const { release } = course;
  const rows = await podSql(release, course.podName(0), `SELECT id FROM ${WRITER_TABLE}`);
  const kept = new Set(rows.map(([id]) => Number(id)));
  const lost = [...release.ledger].filter((id) => !kept.has(id));
  const [first, last] = [lost[0], lost.at(-1)];
  if (first === undefined || last === undefined) return 'no acknowledged row was lost; ';
  const between = [...release.ledger].filter((id) => id >= first && id <= last);
  assert.deepEqual(between, lost, 'rows were lost between others that are there');
  for (const id of lost) release.ledger.delete(id);
  return `${lost.length} acknowledged rows of ${reader.secondsBetween(first, last).toFixed(1)} s were lost; `;
}
