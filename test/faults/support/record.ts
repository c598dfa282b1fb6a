/** Lets a fault happen and keeps what came of it. */

import { currentCommit } from '../../support/commit.ts';
import type { ListedFault } from '../catalogue.ts';
import type { Outcome, Trial } from './fault.ts';
import { digestFor, faultResults } from './results.ts';
import type { Subject } from './subjects.ts';

/** The commit and the content are those at the beginning, which somebody may change meanwhile. */
export async function record(fault: ListedFault, subject: Subject, trial: Trial): Promise<Outcome> {
  const [digest, commit, date] = [digestFor(fault, subject), currentCommit(), new Date().toISOString().slice(0, 16)];
  const { held, recovery, detail } = await trial.suffer(fault);
  faultResults().enter({ fault: fault.name, subject: subject.name, held, recovery, detail, date, commit, digest });
  return { held, recovery, detail };
}
