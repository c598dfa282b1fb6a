/**
 * Every state in which an agent may find its replica, against what must always hold. No server and no root: the functions of
 * generator/templates/files/decide are pure.
 */

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Answers, counterexample, decideAll, rowsOf } from './support/decide.ts';
import { ALL, FACTS, type State } from './support/replica-states.ts';

const QUESTION = { files: ['row', 'replica'], call: 'decide_replica', facts: FACTS, answers: ['ROW', 'REASON', 'DECISION'] } as const;

type Answer = Answers<'ROW' | 'REASON' | 'DECISION'>;

/** Verbs after which the replica takes transactions from the primary. */
const FOLLOWS = ['point', 'start'];
/** Verbs after which the replica receives and may acknowledge. */
const RECEIVES = [...FOLLOWS, 'connect', 'start-receiving', 'reconnect', 'join'];
/** Verbs after which the pass looks and decides once more. */
const GOES_ON = ['ask', 'join', 'ask-twice', 'seed-position', 'forget-mark', 'point', 'start', 'connect', 'start-receiving'];
/** States that name a cause, and that a person or a repair has to end. */
const HELD = [
  'CredentialsRefused',
  'OtherCluster',
  'OlderPrimary',
  'PrimaryWentBack',
  'ErrantTransactions',
  'PurgedBinlogs',
  'ApplyFailed',
  'StoppedByHand',
  'ConnectionFailed',
  'MissingTransactions',
];

const isRight = ({ source, cluster, generation, history }: State): boolean =>
  source === 'answers' && cluster === 'same' && generation !== 'older' && history === 'common';

/** What must hold in every state. docs/invariants.md has the sentences. */
const PROPERTIES: Readonly<Record<string, (state: State, answer: Answer) => boolean>> = {
  'no replica follows a primary that has not just shown that it is the right one': (state, { DECISION }) =>
    !FOLLOWS.includes(DECISION) || isRight(state),
  'a replica leaves a primary of another cluster or an older generation at once': (state, { DECISION }) =>
    state.source !== 'answers' ||
    state.promise === 'bound' ||
    state.mark === 'ahead' ||
    state.copy === 'unsettled' ||
    (state.cluster !== 'other' && state.generation !== 'older') ||
    ['leave'].includes(DECISION) ||
    !asksThePrimary(state),
  'a replica that has what its primary lost is marked before it may follow again': ({ history, proof, mark }, { DECISION }) =>
    history !== 'lost' || proof === 'no' || mark === 'ahead' || !FOLLOWS.includes(DECISION),
  'a replica with that mark follows no primary of the same generation': ({ mark, generation }, { DECISION }) =>
    mark === 'none' || generation === 'newer' || !FOLLOWS.includes(DECISION),
  'what the primary may not know yet is no loss before it was asked twice': ({ history, proof }, { DECISION }) =>
    history !== 'lost' || proof === 'yes' || DECISION !== 'mark-ahead',
  'a replica counts as in touch only when both threads run and it has what the primary had': (
    { io, sql, reached, living, missing, lag },
    { DECISION },
  ) =>
    DECISION !== 'note-touch' ||
    (io === 'yes' && sql === 'yes' && reached === 'yes' && living === 'yes' && missing === 'no' && lag === 'small'),
  'replicating is said only of a replica that applies, receives and lacks nothing': ({ io, sql, missing, reached }, { REASON }) =>
    REASON !== 'Replicating' || (io === 'yes' && sql === 'yes' && missing === 'no' && reached === 'yes'),
  'no history is thrown into doubt by a primary that does not answer': ({ source }, { REASON }) =>
    source === 'answers' || !['OtherCluster', 'OlderPrimary', 'ErrantTransactions', 'MissingTransactions'].includes(REASON),
  'a replica that may have voted receives nothing': ({ promise }, { DECISION }) => promise === 'free' || !RECEIVES.includes(DECISION),
  'a replica may lead only after it has had all that the primary had': ({ reached, living, missing, history, member }, { DECISION }) =>
    DECISION !== 'join' ||
    (member === 'no' && reached === 'yes' && living === 'yes' && missing === 'no' && history !== 'errant' && history !== 'lost'),
  'a question is asked once a pass': ({ asked }, { DECISION }) => DECISION !== 'ask' || asked !== 'now',
  'a new connection is tried once in half a minute': ({ reconnect }, { DECISION }) => DECISION !== 'connect' || reconnect === 'due',
  'replication is started once a pass': ({ following, restarted }, { DECISION }) =>
    (!FOLLOWS.includes(DECISION) || following !== 'now') && (DECISION !== 'start-receiving' || restarted === 'no'),
  'a connection that is being decided changes no state that lasts': ({ io, io_error: error, reconnect, held }, { REASON }) =>
    io !== 'connecting' || error !== 'none' || reconnect === 'due' || held === 'none' || REASON !== 'OutOfTouch',
  'whoever cannot go on says why, or goes on in the same pass': (_, { REASON, DECISION, ROW }) =>
    REASON !== '' || GOES_ON.includes(DECISION) || ['undecided', 'errant-out-of-touch'].includes(ROW),
  'a state that lasts is either reported or has its verb': (_, { REASON, DECISION }) =>
    !HELD.includes(REASON) || ['report', 'leave', 'mark-ahead', 'stop-receiving'].includes(DECISION),
};

/** The groups of rows that look at the primary's answer: an established connection that is in touch does so, too. */
function asksThePrimary({ following, configured, io_error: error, sql, sql_error: sqlError, io }: State): boolean {
  const setsUp = following !== 'now' && (following === 'no' || configured === 'no' || error === 'refused');
  return setsUp || error === 'purged' || (sql === 'no' && sqlError === 'some') || (io === 'yes' && sql === 'yes');
}

const test = suite('decide: a replica');
const started = performance.now();
const answers = decideAll(QUESTION, ALL);
const seconds = (performance.now() - started) / 1000;

test(`${ALL.length} states: each has a row, in ${seconds.toFixed(1)} s`, () => {
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
    rowsOf('replica').filter((row) => !reached.has(row)),
    [],
  );
});

const SOME = ALL.filter((_, index) => Math.imul(index, 2_654_435_761) >>> 0 > 3.4e9);

/** Mistakes that somebody might make, each in one row. */
const PLANTED: readonly (readonly [mistake: string, from: string, to: string, found: string])[] = [
  [
    'a primary of an older generation is followed',
    '${FACT[generation]} == older',
    '${FACT[generation]} == never',
    'no replica follows a primary that has not just shown that it is the right one',
  ],
  [
    'errant transactions are overlooked',
    '${FACT[history]} == errant',
    '${FACT[history]} == never',
    'no replica follows a primary that has not just shown that it is the right one',
  ],
  [
    'a connection that brings nothing is taken for a living one',
    'elif [[ ${FACT[living]} == no ]]; then\n    row dead-connection Waiting reconnect\n',
    '',
    'a replica counts as in touch only when both threads run and it has what the primary had',
  ],
  ['a promise is forgotten', '${FACT[promise]} == bound', '${FACT[promise]} == never', 'a replica that may have voted receives nothing'],
  [
    'an undecided connection counts as out of touch',
    "row undecided '' wait",
    'row undecided OutOfTouch report',
    'a connection that is being decided changes no state that lasts',
  ],
];

for (const [mistake, from, to, found] of PLANTED) {
  test(`a planted mistake is found: ${mistake}`, () => {
    const wrong = decideAll({ ...QUESTION, plant: (text) => text.replace(from, to) }, SOME);
    const broken = Object.entries(PROPERTIES)
      .filter(([, holds]) => counterexample(SOME, wrong, holds) !== undefined)
      .map(([sentence]) => sentence);
    assert.ok(broken.includes(found), `broken: ${broken.join('; ')}`);
  });
}

test.run();
