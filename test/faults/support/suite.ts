/** The short list of faults on one engine, or those of the whole list that are asked for by name. */

import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { removeLeftovers } from '../../e2e/support/namespaces.ts';
import { say } from '../../e2e/support/progress.ts';
import { FAULTS } from '../catalogue.ts';
import { ChartTrial } from './chart-trial.ts';
import { IS_CHOSEN, isChosen } from './choice.ts';
import { record } from './record.ts';
import { concerns, type ChartSubject } from './subjects.ts';

/** The suite of one subject. Nothing is taken from an earlier run. */
export function testFaults(subject: ChartSubject): void {
  const test = suite(`faults on ${subject.title}`);
  const trial = new ChartTrial(subject);

  test.before(removeLeftovers);
  test.after(() => trial.end());
  const meant = FAULTS.filter((fault) => concerns(fault, subject) && (IS_CHOSEN ? isChosen(fault) : fault.telling === true));
  for (const fault of meant) {
    test(fault.name, async () => {
      say(`\n   ···  ${fault.name}`);
      const { held, detail } = await record(fault, subject, trial);
      assert.ok(held, detail);
    });
  }
  test.run();
}
