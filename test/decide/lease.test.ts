/** Every state in which a keeper may find the Lease, against what must always hold. The same rules are those of the model of failover. */

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Answers, counterexample, decideAll, rowsOf } from './support/decide.ts';
import { ALL, FACTS, type State } from './support/lease-states.ts';

const QUESTION = { files: ['row', 'lease'], call: 'decide_lease', facts: FACTS, answers: ['ROW', 'REASON', 'DECISION'] } as const;

type Answer = Answers<'ROW' | 'REASON' | 'DECISION'>;

/** Verbs that change the Lease. */
const CHANGES = ['create', 'renew', 'announce', 'hand-over', 'take', 'prove'];

const PROPERTIES: Readonly<Record<string, (state: State, answer: Answer) => boolean>> = {
  'a pod takes the Lease only after an election that it has won': (state, { DECISION }) =>
    DECISION !== 'take' ||
    (state.lease === 'other' &&
      state.age === 'expired' &&
      state.member === 'yes' &&
      state.vote === 'cast' &&
      state.votes === 'enough' &&
      state.covers === 'yes' &&
      state.applied === 'yes'),
  'a pod votes only for a Lease that has expired, and while it does not hear the primary': ({ lease, age, io, member }, { DECISION }) =>
    DECISION !== 'vote' || (lease === 'other' && age === 'expired' && io !== 'yes' && member === 'yes'),
  'only the holder renews, announces and hands over': ({ lease }, { DECISION }) =>
    !['renew', 'announce', 'hand-over'].includes(DECISION) || lease === 'mine',
  'a Lease is made only where there is none, by the pod that led last': ({ lease, first }, { DECISION }) =>
    DECISION !== 'create' || (['absent', 'free'].includes(lease ?? '') && first === 'yes'),
  'a server that takes writes is ended when another pod leads': ({ lease, open }, { DECISION }) =>
    !(lease === 'other' && open === 'yes') || DECISION === 'fence',
  'a holder whose server does not answer lets the Lease expire': ({ lease, server }, { DECISION }) =>
    !(lease === 'mine' && server === 'silent') || !CHANGES.includes(DECISION),
  'a holder whose commits wait for too long lets the Lease expire, but not for ever': ({ lease, server, stalled, overdue }, { DECISION }) =>
    !(lease === 'mine' && server === 'answers' && stalled === 'yes') || (overdue === 'yes' ? true : !CHANGES.includes(DECISION)),
  'a pod that is being stopped takes and makes nothing new': ({ stopping }, { DECISION }) =>
    stopping === 'no' || !['take', 'vote'].includes(DECISION),
  'nobody is handed over to before it was announced': ({ wish }, { DECISION }) => DECISION !== 'hand-over' || wish === 'due',
  'without the API a primary proves itself by a write, or lets its replicas go': ({ lease, held, open }, { DECISION }) =>
    lease !== 'unknown' || DECISION === 'wait' || (held === 'mine' && DECISION === (open === 'yes' ? 'prove' : 'let-go')),
  'a healthy holder renews unless it hands over': ({ lease, server, stalled, opening, wish }, { DECISION }) =>
    !(lease === 'mine' && server === 'answers' && stalled === 'no' && opening === 'short') ||
    ['renew', 'announce', 'hand-over'].includes(DECISION) ||
    wish === 'due',
};

const test = suite('decide: the Lease');
const answers = decideAll(QUESTION, ALL);

test(`${ALL.length} states: each has a row`, () => {
  assert.is(
    counterexample(ALL, answers, (_, { ROW }) => ROW !== ''),
    undefined,
  );
});

for (const [sentence, holds] of Object.entries(PROPERTIES)) {
  test(sentence, () => {
    assert.is(counterexample(ALL, answers, holds), undefined);
  });
}

test('every row is reached by a state', () => {
  const reached = new Set(answers.map(({ ROW }) => ROW));
  assert.equal(
    rowsOf('lease').filter((row) => !reached.has(row)),
    [],
  );
});

/** Mistakes that the model of failover finds, too: each loses a write, or two pods lead. */
const PLANTED: readonly (readonly [mistake: string, from: string, to: string, found: string])[] = [
  [
    'one vote too few is enough',
    '${FACT[votes]} == few',
    '${FACT[votes]} == never',
    'a pod takes the Lease only after an election that it has won',
  ],
  [
    'somebody wins who lacks what another voter has',
    '${FACT[covers]} == no',
    '${FACT[covers]} == never',
    'a pod takes the Lease only after an election that it has won',
  ],
  [
    'a copy votes that has not caught up',
    '${FACT[member]} == no',
    '${FACT[member]} == never',
    'a pod takes the Lease only after an election that it has won',
  ],
  [
    'a primary is deposed that can be heard',
    '${FACT[io]} == yes',
    '${FACT[io]} == never',
    'a pod votes only for a Lease that has expired, and while it does not hear the primary',
  ],
  [
    'a deposed primary goes on',
    '${FACT[lease]} == other && ${FACT[open]} == yes',
    '${FACT[lease]} == never',
    'a server that takes writes is ended when another pod leads',
  ],
];

for (const [mistake, from, to, found] of PLANTED) {
  test(`a planted mistake is found: ${mistake}`, () => {
    const wrong = decideAll({ ...QUESTION, plant: (text) => text.replace(from, to) }, ALL);
    const broken = Object.entries(PROPERTIES)
      .filter(([, holds]) => counterexample(ALL, wrong, holds) !== undefined)
      .map(([sentence]) => sentence);
    assert.ok(broken.includes(found), `broken: ${broken.join('; ')}`);
  });
}

test.run();
