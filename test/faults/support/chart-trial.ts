/** Faults that happen to a release of the chart: what it must be like after each. */

import assert from 'node:assert/strict';
import { printAutopsy } from '../../e2e/support/autopsy.ts';
import { checkSameEverywhere } from '../../e2e/support/compare.ts';
import { makeNamespace, removeNamespace } from '../../e2e/support/namespaces.ts';
import { elapsed, say } from '../../e2e/support/progress.ts';
import { install, SMALL, type Overrides } from '../../e2e/support/release.ts';
import { checkRoute } from '../../e2e/support/services.ts';
import { podSql } from '../../e2e/support/sql.ts';
import { fill, WRITER_TABLE, writeRows, type WriterReport } from '../../e2e/support/writer.ts';
import { chartSite } from './chart-site.ts';
import { startClients, stopClients } from './clients.ts';
import { Course } from './course.ts';
import type { Fault, Outcome, Trial } from './fault.ts';
import { NotMade } from './not-made.ts';
import type { Reader, ReaderReport } from './reader.ts';
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

/** Makes the release that a fault happens to, or takes the one that survived the last. */
export class ChartTrial implements Trial {
  readonly #subject: ChartSubject;
  #course: Course | undefined;
  #copyBytes: number | undefined;
  #namespace = '';

  constructor(subject: ChartSubject) {
    this.#subject = subject;
  }

  /** A release that did not survive is explained, and not used again. */
  async suffer(fault: Fault): Promise<Outcome> {
    try {
      this.#course ??= await this.#make();
      return { held: true, ...(await happen(fault, this.#course)) };
    } catch (error) {
      say(`      FAILED: ${String(error)}`);
      if (this.#namespace !== '') await printAutopsy(this.#namespace);
      await this.end();
      if (error instanceof NotMade) throw error;
      return { held: false, recovery: 0, detail: String(error) };
    }
  }

  async end(): Promise<void> {
    this.#course = undefined;
    if (this.#namespace !== '' && process.env['KEEP_FAILED'] === undefined) await removeNamespace(this.#namespace);
    this.#namespace = '';
  }

  async #make(): Promise<Course> {
    const { engine, method } = this.#subject;
    this.#namespace = await makeNamespace(`faults-${engine.replace('.', '-')}`);
    const values = { ...VALUES, engine };
    const release = await install(this.#namespace, NAME, values);
    const course = new Course(release, chartSite(release, method, values));
    await fill(release, MEGABYTES);
    await writeRows(release, 100);
    await checkSameEverywhere(release);
    this.#copyBytes = await course.calibrate(this.#copyBytes);
    return course;
  }
}

async function happen(fault: Fault, course: Course): Promise<Omit<Outcome, 'held'>> {
  const { release } = course;
  const { writer, reader } = await startClients(release);
  course.struck();
  let written: WriterReport;
  try {
    await fault.strike(course);
    await course.settled();
    written = await writer.stop();
  } catch (error) {
    await stopClients({ writer, reader });
    throw error;
  }
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
