/** Every state in which an agent may find its replica, as far as a state can be. */

import { combine, each } from './decide.ts';

export const FACTS = [
  'promise',
  'member',
  'copy',
  'mark',
  'configured',
  'following',
  'password',
  'io',
  'io_error',
  'sql',
  'sql_error',
  'asked',
  'source',
  'cluster',
  'generation',
  'history',
  'proof',
  'reconnect',
  'restarted',
  'living',
  'missing',
  'reached',
  'fresh',
  'lag',
  'held',
] as const;
type Fact = (typeof FACTS)[number];
export type State = Readonly<Partial<Record<Fact, string>>>;

const UNKNOWN = { source: 'unknown', cluster: 'unknown', generation: 'unknown', history: 'unknown', proof: 'no' } as const;
const NO_ANSWER = { ...UNKNOWN, asked: 'now' } as const;
const ANSWER = { asked: 'now', source: 'answers', cluster: 'same', generation: 'same', history: 'common', proof: 'no' } as const;

/** What may be known of the primary. Only an answer of this pass says anything. */
const PRIMARY: readonly State[] = [
  { ...UNKNOWN, asked: 'recently' },
  { ...UNKNOWN, asked: 'long_ago' },
  { ...NO_ANSWER, source: 'silent' },
  { ...NO_ANSWER, source: 'refuses' },
  { ...ANSWER, cluster: 'other' },
  { ...ANSWER, generation: 'older' },
  ...combine<Fact>([ANSWER], each<Fact>('generation', 'same', 'newer'), [
    { history: 'common' },
    { history: 'errant' },
    { history: 'lost', proof: 'no' },
    { history: 'lost', proof: 'yes' },
  ]),
];

const NOTHING_OF_TOUCH = { living: 'yes', missing: 'no', reached: 'yes', fresh: 'no', lag: 'small' } as const;

/** The receiving thread; only where it runs is there anything to say of touch. */
const RECEIVER: readonly State[] = [
  ...combine<Fact>(
    [{ ...NOTHING_OF_TOUCH, io: 'yes', io_error: 'none', reconnect: 'done', restarted: 'no' }],
    [
      {},
      { living: 'no' },
      { missing: 'yes' },
      { reached: 'no' },
      { reached: 'no', missing: 'yes' },
      { fresh: 'yes' },
      { lag: 'large' },
      { lag: 'unknown' },
    ],
  ),
  ...combine<Fact>(
    [NOTHING_OF_TOUCH],
    each<Fact>('io', 'connecting', 'no'),
    each<Fact>('io_error', 'none', 'away', 'purged', 'refused', 'other'),
    [
      { reconnect: 'due', restarted: 'no' },
      { reconnect: 'done', restarted: 'no' },
      { reconnect: 'done', restarted: 'now' },
    ],
  ),
];

const APPLIER: readonly State[] = [
  { sql: 'yes', sql_error: 'none' },
  { sql: 'no', sql_error: 'none' },
  { sql: 'no', sql_error: 'some' },
];

const STATES: readonly State[] = combine<Fact>(
  [{ promise: 'free', member: 'yes' }],
  each<Fact>('copy', 'settled'),
  each<Fact>('mark', 'none', 'ahead'),
  each<Fact>('configured', 'yes', 'no'),
  each<Fact>('following', 'yes', 'no', 'now'),
  each<Fact>('password', 'fits', 'long'),
  APPLIER,
  PRIMARY,
  RECEIVER,
  each<Fact>('held', 'none', 'PurgedBinlogs', 'ErrantTransactions'),
).filter(isPossible);

/** A password matters only where the way is new, what was held only while the connection is undecided, and touch only after an answer. */
function isPossible({ password, held, io, configured, io_error: error, mark, following, living, missing, source }: State): boolean {
  if (source !== 'answers' && (living === 'no' || missing === 'yes')) return false;
  if (password === 'long' && (following === 'now' || (configured === 'yes' && error !== 'refused'))) return false;
  if (held !== 'none' && io === 'yes') return false;
  return mark === 'none' || (password === 'fits' && held === 'none' && io !== 'yes');
}

const UNSETTLED: readonly State[] = combine<Fact>([{ ...STATES[0], copy: 'unsettled' }], PRIMARY, RECEIVER);

/** Without failover every replica is a member and free. Membership is a question only where the replica is in touch. */
const NO_MEMBERS: readonly State[] = STATES.filter(({ io }) => io === 'yes').map((state) => ({ ...state, member: 'no' }));

/** A promise comes first, so what else holds of a replica makes no difference; a part of it shows that. */
const BOUND: readonly State[] = STATES.filter(({ held, mark }) => held === 'none' && mark === 'none').map((state) => ({
  ...state,
  promise: 'bound',
  member: 'no',
}));

export const ALL = [...STATES, ...UNSETTLED, ...NO_MEMBERS, ...BOUND];
