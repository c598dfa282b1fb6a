/** Every state in which a repair may be asked for: no data is thrown away before a primary has shown that it has all of it. */

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Answers, combine, counterexample, decideAll, each } from './support/decide.ts';

const FACTS = ['state', 'policy', 'lasted', 'budget', 'job', 'method', 'source', 'cluster', 'generation', 'history', 'mark'] as const;
type Fact = (typeof FACTS)[number];
type State = Readonly<Partial<Record<Fact, string>>>;

const STATES: readonly State[] = combine<Fact>(
  each<Fact>('state', 'PurgedBinlogs', 'ErrantTransactions', 'StoppedByHand', 'MissingTransactions', 'ApplyFailed', 'PrimaryWentBack'),
  each<Fact>('policy', 'report', 'reclone', 'start'),
  each<Fact>('lasted', 'no', 'yes'),
  each<Fact>('budget', 'left', 'used'),
  each<Fact>('job', 'none', 'running', 'done', 'failed'),
  each<Fact>('method', 'plugin', 'stream'),
  each<Fact>('source', 'answers', 'silent', 'unknown'),
  each<Fact>('cluster', 'same', 'other'),
  each<Fact>('generation', 'same', 'older', 'newer'),
  each<Fact>('history', 'common', 'errant', 'lost'),
  each<Fact>('mark', 'none', 'ahead'),
);

type Answer = Answers<'REPAIR'>;

/** What leads to the end of the replica's own data. */
const ENDS_DATA = ['begin-copy', 'await-copy', 'replace'];

const PROPERTIES: Readonly<Record<string, (state: State, answer: Answer) => boolean>> = {
  'what the values do not allow is not done': ({ policy }, { REPAIR }) => policy !== 'report' || REPAIR === 'none',
  'nothing is done before recovery.after': ({ lasted }, { REPAIR }) => lasted === 'yes' || REPAIR === 'none',
  'no more copies are made in a day than the values allow': ({ budget }, { REPAIR }) => budget === 'left' || !ENDS_DATA.includes(REPAIR),
  'data that the primary lost is never thrown away': ({ mark }, { REPAIR }) => mark === 'none' || !ENDS_DATA.includes(REPAIR),
  'data is replaced only where the right primary has answered in this pass': ({ source, cluster, generation }, { REPAIR }) =>
    !ENDS_DATA.includes(REPAIR) || (source === 'answers' && cluster === 'same' && generation !== 'older'),
  'transactions that only this replica has are given up only where the values name them': ({ state, history }, { REPAIR }) =>
    history === 'common' || state === 'ErrantTransactions' || !ENDS_DATA.includes(REPAIR),
  'nothing that the primary itself wrote is thrown away': ({ history }, { REPAIR }) => history !== 'lost' || !ENDS_DATA.includes(REPAIR),
  'streamed data is replaced only by a copy that is complete': ({ method, job }, { REPAIR }) =>
    method === 'plugin' || job === 'done' || REPAIR !== 'replace',
  'one copy is made at a time': ({ job }, { REPAIR }) => job !== 'running' || REPAIR !== 'begin-copy',
  'replication that somebody stopped is started where the values say so': ({ policy, lasted }, { REPAIR }) =>
    policy !== 'start' || lasted === 'no' || REPAIR === 'start',
};

const test = suite('decide: a repair');
const answers = decideAll({ files: ['row', 'repair'], call: 'decide_repair', facts: FACTS, answers: ['REPAIR'] }, STATES);

for (const [sentence, holds] of Object.entries(PROPERTIES)) {
  test(`${STATES.length} states: ${sentence}`, () => {
    assert.is(counterexample(STATES, answers, holds), undefined);
  });
}

test('every repair is decided in a state', () => {
  const found = new Set(answers.map(({ REPAIR }) => REPAIR));
  assert.equal([...found].sort(), ['await-copy', 'begin-copy', 'give-copy-up', 'none', 'replace', 'start']);
});

test.run();
