/** Every state in which an agent may find the primary that it keeps. */

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Answers, combine, counterexample, decideAll, each, rowsOf } from './support/decide.ts';

const FACTS = ['lease', 'copy', 'generation', 'following', 'accounts', 'acks', 'writable'] as const;
type Fact = (typeof FACTS)[number];
type State = Readonly<Partial<Record<Fact, string>>>;

const STATES: readonly State[] = combine<Fact>(
  each<Fact>('lease', 'held', 'lost'),
  each<Fact>('copy', 'settled', 'unsettled'),
  each<Fact>('generation', 'same', 'newer'),
  each<Fact>('following', 'no', 'yes'),
  each<Fact>('accounts', 'right', 'due', 'unknown'),
  each<Fact>('acks', 'right', 'wrong'),
  each<Fact>('writable', 'no', 'yes'),
);

const PROPERTIES: Readonly<Record<string, (state: State, answer: Answers<'ROW' | 'DECISION'>) => boolean>> = {
  'only a pod that holds the Lease takes writes': ({ lease }, { DECISION }) => lease === 'held' || DECISION === 'none',
  'clients write only to a server whose commits wait for another pod': ({ acks }, { DECISION }) => DECISION !== 'open' || acks === 'right',
  'a server that still follows another is opened to nobody': ({ following }, { DECISION }) => DECISION !== 'open' || following === 'no',
  'a copy has its position and its generation before it is written to': ({ copy, generation }, { DECISION }) =>
    DECISION !== 'open' || (copy === 'settled' && generation === 'same'),
  'accounts are right before the first client': ({ accounts }, { DECISION }) => DECISION !== 'open' || accounts !== 'due',
  'nothing is left to do only where the server takes writes, or may not': ({ writable, lease }, { DECISION }) =>
    DECISION !== 'none' || writable === 'yes' || lease === 'lost',
};

const test = suite('decide: the primary');
const answers = decideAll(
  { files: ['row', 'primary'], call: 'decide_leader', facts: FACTS, answers: ['ROW', 'DECISION'] } as const,
  STATES,
);

for (const [sentence, holds] of Object.entries(PROPERTIES)) {
  test(sentence, () => {
    assert.is(counterexample(STATES, answers, holds), undefined);
  });
}

test('every row is reached by a state', () => {
  const reached = new Set(answers.map(({ ROW }) => ROW));
  assert.equal(
    rowsOf('primary').filter((row) => !reached.has(row)),
    [],
  );
});

test.run();
