/** Every state in which the readiness of a pod is decided. */

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Answers, combine, counterexample, decideAll, each } from './support/decide.ts';

const FACTS = [
  'refusal',
  'configured',
  'sql',
  'io',
  'io_error',
  'mark',
  'reached',
  'lag',
  'source_away',
  'touched',
  'silence',
  'agent',
] as const;
type Fact = (typeof FACTS)[number];
type State = Readonly<Partial<Record<Fact, string>>>;

const STATES: readonly State[] = combine<Fact>(
  each<Fact>('refusal', 'none', 'some'),
  each<Fact>('configured', 'yes', 'no'),
  each<Fact>('sql', 'yes', 'no'),
  each<Fact>('io', 'yes', 'connecting', 'no'),
  each<Fact>('io_error', 'none', 'away', 'purged', 'refused', 'other'),
  each<Fact>('mark', 'none', 'ahead'),
  each<Fact>('reached', 'yes', 'no'),
  each<Fact>('lag', 'small', 'large', 'unknown'),
  each<Fact>('source_away', 'no', 'yes'),
  each<Fact>('touched', 'yes', 'no'),
  each<Fact>('silence', 'short', 'long'),
  each<Fact>('agent', 'heard', 'silent'),
);

type Answer = Answers<'READY' | 'WHY'>;

const PROPERTIES: Readonly<Record<string, (state: State, answer: Answer) => boolean>> = {
  'a replica that does not apply is not ready': ({ sql }, { READY }) => sql === 'yes' || READY === 'no',
  'a replica in a state that does not pass by itself is not ready': ({ refusal }, { READY }) => refusal === 'none' || READY === 'no',
  'a connected replica is ready only with a small lag and what the primary had': ({ io, lag, reached }, { READY }) =>
    io !== 'yes' || READY === 'no' || (lag === 'small' && reached === 'yes'),
  'out of touch for long is not ready': ({ io, silence }, { READY }) => io === 'yes' || silence === 'short' || READY === 'no',
  'purged logs and refused passwords are not ready': ({ io_error: error, mark }, { READY }) =>
    READY === 'no' || (error !== 'refused' && (error !== 'purged' || mark === 'ahead')),
  'a replica whose agent is silent is not ready': ({ agent }, { READY }) => agent === 'heard' || READY === 'no',
  'a primary that restarts empties no read service': (state, { READY }) =>
    READY === 'yes' ||
    !(
      state.refusal === 'none' &&
      state.configured === 'yes' &&
      state.sql === 'yes' &&
      state.io === 'connecting' &&
      state.io_error === 'away' &&
      state.silence === 'short' &&
      state.agent === 'heard'
    ),
};

const test = suite('decide: readiness');
const answers = decideAll({ files: ['readiness'], call: 'decide_replica_readiness', facts: FACTS, answers: ['READY', 'WHY'] }, STATES);

for (const [sentence, holds] of Object.entries(PROPERTIES)) {
  test(`${STATES.length} states: ${sentence}`, () => {
    assert.is(counterexample(STATES, answers, holds), undefined);
  });
}

test('a primary is ready when it is writable, whoever is silent', () => {
  const states = combine<'writable' | 'agent'>(each('writable', 'yes', 'no'), each('agent', 'heard', 'silent'));
  const found = decideAll(
    { files: ['readiness'], call: 'decide_primary_readiness', facts: ['writable', 'agent'], answers: ['READY', 'WHY'] },
    states,
  );
  assert.equal(
    found.map(({ WHY }) => WHY),
    ['leading', 'leading', 'read-only', 'silent-agent'],
  );
});

test.run();
