/** The same faults, happening to the tutorial's own manifests. That they do not survive one is a result, not a failure of the test. */

import { setTimeout as delay } from 'node:timers/promises';
import { makeNamespace, removeNamespace } from '../../e2e/support/namespaces.ts';
import { nameOf } from '../../e2e/support/pods.ts';
import { elapsed, say, stopwatch } from '../../e2e/support/progress.ts';
import { allPodsOf, untilReady, type Release } from '../../e2e/support/release.ts';
import { podSql, replicaStatus } from '../../e2e/support/sql.ts';
import { fill, WRITER_TABLE, writeRows } from '../../e2e/support/writer.ts';
import { installTutorial } from '../../tutorial/tutorial.ts';
import { startClients, stopClients } from './clients.ts';
import { Course } from './course.ts';
import { Harm, type Fault, type Outcome, type Trial } from './fault.ts';
import { NotMade } from './not-made.ts';
import { tutorialSite } from './tutorial-site.ts';

const MEGABYTES = 150;
/** As large as those of the chart in the same test. */
const VOLUME = { size: '1500Mi', storageClassName: 'local-sized' };
const STRIKE_MS = 150_000;
const RECOVERY_S = 90;
/** Nothing in the tutorial starts a stopped replication or brings rows back, so more of that time would change nothing. */
const FINAL_S = 20;
const LOOK_MS = 2000;
/** A replica that has stopped grows old only while something is written. */
const WRITING_ON_MS = 15_000;

/** What is wrong with the release, and whether it will stay so. */
interface Complaint {
  readonly text: string;
  readonly final: boolean;
}

/** Makes the release that a fault happens to, or takes the one that survived the last. */
export class TutorialTrial implements Trial {
  #course: Course | undefined;
  #copyBytes: number | undefined;
  #namespace = '';

  async suffer(fault: Fault): Promise<Outcome> {
    this.#course ??= await this.#make();
    const { ended, ...outcome } = await happen(fault, this.#course);
    say(`${elapsed(outcome.recovery)}  ${outcome.held ? 'survived' : 'NOT survived'}: ${outcome.detail}`);
    // What goes on happening would meet the next fault.
    if (!outcome.held || !ended) await this.end();
    return outcome;
  }

  async end(): Promise<void> {
    this.#course = undefined;
    if (this.#namespace !== '') await removeNamespace(this.#namespace);
    this.#namespace = '';
  }

  /** The tutorial's pods run as root, which the strictest standard forbids. */
  async #make(): Promise<Course> {
    this.#namespace = await makeNamespace('faults-tutorial', 'privileged');
    const release = await installTutorial(this.#namespace, VOLUME);
    const course = new Course(release, tutorialSite(release));
    await fill(release, MEGABYTES);
    await writeRows(release, 100);
    this.#copyBytes = await course.calibrate(this.#copyBytes);
    return course;
  }
}

/** How a fault went. */
interface Strike {
  /** Whether it is over. */
  readonly ended: boolean;
  readonly harm: string | undefined;
}

async function strike(fault: Fault, course: Course): Promise<Strike> {
  try {
    const ended = await Promise.race([fault.strike(course).then(() => true), delay(STRIKE_MS, false)]);
    return { ended, harm: undefined };
  } catch (error) {
    if (error instanceof Harm) return { ended: true, harm: error.message };
    if (error instanceof NotMade) throw error;
    say(`      ${String(error).split('\n')[0] ?? ''}`);
    return { ended: false, harm: undefined };
  }
}

async function happen(fault: Fault, course: Course): Promise<Outcome & Strike> {
  const { release } = course;
  const { writer, reader } = await startClients(release);
  course.struck();
  const struck = await strike(fault, course).catch(async (error: unknown) => {
    await stopClients({ writer, reader });
    throw error;
  });
  await delay(WRITING_ON_MS);
  await writer.stop().catch(() => undefined);
  const wrong = struck.harm ?? (await judge(release));
  const [recovery, read] = [course.sinceStruck, await reader.stop()];
  const complaint = wrong === undefined ? '' : `${wrong}; `;
  const stale = read.wrong.length > 0 ? `${read.wrong.length} answers of the read service lacked rows; ` : '';
  const detail = `${complaint}${stale}${read.failures} of ${read.reads + read.failures} reads failed, the oldest answer was ${read.oldest.toFixed(0)} s old`;
  return { ...struck, held: wrong === undefined && read.wrong.length === 0, recovery, detail };
}

/** Waits until nothing is wrong, and says what is if that never comes. */
async function judge(release: Release): Promise<string | undefined> {
  const [all, same] = [stopwatch(), { text: '', seconds: stopwatch() }];
  for (;;) {
    const found = await complaintOf(release);
    if (found === undefined) return undefined;
    if (found.text !== same.text) Object.assign(same, { text: found.text, seconds: stopwatch() });
    const over = all() > RECOVERY_S || (found.final && same.seconds() > FINAL_S);
    if (over) return `after ${all().toFixed(0)} s ${found.text}`;
    await delay(LOOK_MS);
  }
}

async function complaintOf(release: Release): Promise<Complaint | undefined> {
  try {
    await untilReady(release, 1);
  } catch {
    return { text: 'not all pods are Ready', final: false };
  }
  try {
    return await complaintOfContent(release);
  } catch (error) {
    return { text: String(error).split('\n').at(-1) ?? '', final: false };
  }
}

async function complaintOfContent(release: Release): Promise<Complaint | undefined> {
  const sums = new Set<string>();
  for (const name of (await allPodsOf(release)).map(nameOf)) {
    const isPrimary = name.endsWith('-0');
    if (!isPrimary && !(await replicates(release, name))) return { text: `${name} does not replicate`, final: true };
    const ids = new Set((await podSql(release, name, `SELECT id FROM ${WRITER_TABLE}`)).map(([id]) => Number(id)));
    const missing = [...release.ledger].filter((id) => !ids.has(id)).length;
    if (missing > 0) return { text: `${name} lacks ${missing} of ${release.ledger.size} acknowledged rows`, final: isPrimary };
    sums.add(JSON.stringify(await podSql(release, name, `CHECKSUM TABLE ${WRITER_TABLE}, app.filling`)));
  }
  return sums.size > 1 ? { text: 'the pods have different checksums', final: false } : undefined;
}

/** A thread that tries to connect again may yet succeed. */
async function replicates(release: Release, pod: string): Promise<boolean> {
  const status = await replicaStatus(release, pod);
  const [receiver, applier] = [status.get('Slave_IO_Running'), status.get('Slave_SQL_Running')];
  if (receiver === 'Connecting') throw new Error(`${pod} tries to reach the primary`);
  return receiver === 'Yes' && applier === 'Yes';
}
