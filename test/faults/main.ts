/**
 * Lets every fault happen whose result is not of the present tree, and writes docs/faults.md. It may be ended at any time and goes on where it was.
 *
 *     MYSQL_STS_MINUTES=60 MYSQL_STS_ROW='a clone|the donor' node --import tsx test/faults/main.ts [SUBJECT...]
 *
 * Begun is nothing after so many minutes. A subject is told by a word of its name: mysql, mariadb, tutorial.
 */

import { removeLeftovers } from '../e2e/support/namespaces.ts';
import { elapsed, say, stopwatch } from '../e2e/support/progress.ts';
import { timeLimit } from '../support/time-limit.ts';
import { FAULTS, type ListedFault } from './catalogue.ts';
import { writePage } from './page.ts';
import { ChartTrial } from './support/chart-trial.ts';
import { isChosen } from './support/choice.ts';
import type { Trial } from './support/fault.ts';
import { record } from './support/record.ts';
import { digestFor, faultResults, standingOf, type Result, type Standing } from './support/results.ts';
import { concerns, isOfChart, SUBJECTS, type Subject } from './support/subjects.ts';
import { TutorialTrial } from './support/tutorial-trial.ts';

/** What nobody knows yet comes first, then what has to be seen again. */
const ORDER: readonly Standing[] = ['unknown', 'failed', 'of another tree'];

/** The faults whose result is missing or old, in the order of the need for it. */
function due(subject: Subject, results: readonly Result[]): readonly ListedFault[] {
  const meant = FAULTS.filter((fault) => concerns(fault, subject) && isChosen(fault));
  const standing = (fault: ListedFault): Standing => {
    const result = results.find((each) => each.fault === fault.name && each.subject === subject.name);
    return standingOf(result, digestFor(fault, subject), subject);
  };
  const ranked = meant.map((fault) => ({ fault, rank: ORDER.indexOf(standing(fault)) })).filter(({ rank }) => rank >= 0);
  return ranked.sort((a, b) => a.rank - b.rank).map(({ fault }) => fault);
}

function trialOf(subject: Subject): Trial {
  return isOfChart(subject) ? new ChartTrial(subject) : new TutorialTrial();
}

/** Runs what is due on one subject until the time is up, and says how many failed and how many are left. */
async function runSubject(subject: Subject, isOver: () => boolean): Promise<{ failed: number; left: number }> {
  const faults = due(subject, faultResults().read());
  const trial = trialOf(subject);
  let [failed, done] = [0, 0];
  try {
    for (const fault of faults) {
      if (isOver()) break;
      say(`\n   ···  ${subject.title}: ${fault.name}`);
      const outcome = await record(fault, subject, trial).catch(async (error: unknown) => {
        say(`      FAILED before anything could be seen: ${String(error)}`);
        await trial.end();
      });
      if (outcome === undefined || (!outcome.held && isOfChart(subject))) failed += 1;
      done += 1;
    }
  } finally {
    await trial.end();
  }
  return { failed, left: faults.length - done };
}

const words = process.argv.slice(2);
const [seconds, isOver] = [stopwatch(), timeLimit()];
const all = { failed: 0, left: 0 };
await removeLeftovers();
for (const subject of SUBJECTS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))) {
  const { failed, left } = await runSubject(subject, isOver);
  all.failed += failed;
  all.left += left;
}
writePage();
say(`${elapsed(seconds())}  ${all.failed} faults failed in this run, ${all.left} are left for the next one`);
process.exitCode = all.failed > 0 ? 1 : 0;
