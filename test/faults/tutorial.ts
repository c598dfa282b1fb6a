/**
 * Lets the same faults happen to the tutorial's own manifests, each to a release of its own, and enters what came of them. That it
 * does not survive one is a result, not a failure of this program.
 *
 *     node --import tsx test/faults/tutorial.ts [WORD]
 */

import { setTimeout as delay } from 'node:timers/promises';
import { makeNamespace, removeLeftovers, removeNamespace } from '../e2e/support/namespaces.ts';
import { core } from '../e2e/support/kubernetes.ts';
import { nameOf } from '../e2e/support/pods.ts';
import { elapsed, say } from '../e2e/support/progress.ts';
import { allPodsOf, untilReady, type Release } from '../e2e/support/release.ts';
import { podSql, replicaStatus } from '../e2e/support/sql.ts';
import { fill, Writer, WRITER_TABLE, writeRows } from '../e2e/support/writer.ts';
import { installTutorial } from '../tutorial/tutorial.ts';
import { FAULTS } from './catalogue.ts';
import { Course } from './support/course.ts';
import type { Fault } from './support/fault.ts';
import { Reader } from './support/reader.ts';
import { currentCommit, Results } from './support/results.ts';
import { tutorialSite } from './support/site.ts';
import { TUTORIAL } from './support/subjects.ts';

const MEGABYTES = 150;
const STRIKE_MS = 150_000;
const RECOVERY_MS = 90_000;
const LOOK_MS = 2000;
const WRITING_ON_MS = 30_000;

/** The tutorial's pods run as root, which the strictest standard forbids. */
async function makeOpenNamespace(): Promise<string> {
  const name = await makeNamespace('faults-tutorial');
  const body = [{ op: 'replace', path: '/metadata/labels/pod-security.kubernetes.io~1enforce', value: 'privileged' }];
  await core.patchNamespace({ name, body });
  return name;
}

/** What is wrong with the release now, or nothing. */
async function complaint(release: Release): Promise<string | undefined> {
  const pods = await allPodsOf(release);
  const sums = new Map<string, string>();
  for (const name of pods.map(nameOf)) {
    const status = name.endsWith('-0') ? new Map<string, string>() : await replicaStatus(release, name);
    if (!name.endsWith('-0') && (status.get('Slave_IO_Running') !== 'Yes' || status.get('Slave_SQL_Running') !== 'Yes')) return `${name} does not replicate`;
    const ids = new Set((await podSql(release, name, `SELECT id FROM ${WRITER_TABLE}`)).map(([id]) => Number(id)));
    const missing = [...release.ledger].filter((id) => !ids.has(id)).length;
    if (missing > 0) return `${name} lacks ${missing} of ${release.ledger.size} acknowledged rows`;
    sums.set(name, JSON.stringify(await podSql(release, name, `CHECKSUM TABLE ${WRITER_TABLE}, app.filling`)));
  }
  return new Set(sums.values()).size > 1 ? 'the pods have different checksums' : undefined;
}

async function judge(release: Release): Promise<string | undefined> {
  const until = Date.now() + RECOVERY_MS;
  let found: string | undefined;
  do {
    found = await untilReady(release, 1).then(
      () => complaint(release),
      () => 'not all pods are Ready',
    ).catch((error: unknown) => String(error).split('\n').at(-1));
    if (found === undefined) return undefined;
    await delay(LOOK_MS);
  } while (Date.now() < until);
  return found;
}

async function strike(fault: Fault, course: Course): Promise<void> {
  await Promise.race([fault.strike(course), delay(STRIKE_MS)]).catch((error: unknown) => {
    say(`      ${String(error).split('\n')[0] ?? ''}`);
  });
}

/** Lets one fault happen, and gives what is to be entered. */
async function suffer(fault: Fault, course: Course): Promise<{ held: boolean; recovery: number; detail: string }> {
  const { release } = course;
  const [writer, reader] = [await Writer.start(release), new Reader(release)];
  course.struck();
  await strike(fault, course);
  // A replica that has stopped grows old only while something is written.
  await delay(WRITING_ON_MS);
  await writer.stop().catch(() => undefined);
  const wrong = await judge(release);
  const [recovery, read] = [course.sinceStruck, await reader.stop()];
  const stale = read.wrong.length > 0 ? `${read.wrong.length} answers of the read service lacked rows; ` : '';
  const detail = `${wrong === undefined ? '' : `after ${(RECOVERY_MS / 1000).toFixed(0)} s ${wrong}; `}${stale}${read.failures} of ${read.reads + read.failures} reads failed, the oldest answer was ${read.oldest.toFixed(0)} s old`;
  return { held: wrong === undefined && read.wrong.length === 0, recovery, detail };
}

async function runFault(fault: Fault, results: Results): Promise<void> {
  say(`\n   ···  the tutorial: ${fault.name}`);
  const namespace = await makeOpenNamespace();
  const entry = { fault: fault.name, subject: TUTORIAL.name, date: new Date().toISOString(), commit: currentCommit() };
  try {
    const release = await installTutorial(namespace);
    const course = new Course(release, tutorialSite(release));
    await fill(release, MEGABYTES);
    await writeRows(release, 100);
    await course.calibrate();
    const outcome = await suffer(fault, course);
    results.enter({ ...entry, ...outcome });
    say(`${elapsed(outcome.recovery)}  ${outcome.held ? 'survived' : 'NOT survived'}: ${outcome.detail}`);
  } finally {
    await removeNamespace(namespace);
  }
}

const [word = ''] = process.argv.slice(2);
const results = new Results();
await removeLeftovers();
for (const fault of FAULTS.filter(({ methods, name }) => methods === undefined && name.includes(word))) {
  if (!results.knows(fault.name, TUTORIAL.name)) await runFault(fault, results);
}
