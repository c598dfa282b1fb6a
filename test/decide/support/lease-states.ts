/** Every state in which a keeper may find the Lease. */

import { combine, each } from './decide.ts';

export const FACTS = [
  'lease',
  'held',
  'first',
  'age',
  'server',
  'open',
  'opening',
  'stalled',
  'overdue',
  'io',
  'member',
  'vote',
  'votes',
  'covers',
  'applied',
  'turn',
  'wish',
  'stopping',
] as const;
type Fact = (typeof FACTS)[number];
export type State = Readonly<Partial<Record<Fact, string>>>;

/** What a pod knows of its own server. */
const SERVER = [
  each<Fact>('server', 'answers', 'silent'),
  each<Fact>('open', 'yes', 'no'),
  each<Fact>('stopping', 'yes', 'no'),
  each<Fact>('age', 'fresh', 'expired'),
];

const NO_HOLDER = { opening: 'short', stalled: 'no', overdue: 'no', wish: 'none' } as const;
const NO_VOTER = { io: 'no', member: 'yes', vote: 'cast', votes: 'enough', covers: 'yes', applied: 'yes', turn: 'mine' } as const;

const HOLDER: readonly State[] = combine<Fact>(
  [{ ...NO_VOTER, lease: 'mine', held: 'mine' }],
  each<Fact>('first', 'yes', 'no'),
  ...SERVER,
  each<Fact>('opening', 'short', 'long'),
  each<Fact>('stalled', 'yes', 'no'),
  each<Fact>('overdue', 'yes', 'no'),
  each<Fact>('wish', 'none', 'wanted', 'announced', 'due'),
);

const VOTER: readonly State[] = combine<Fact>(
  [{ ...NO_HOLDER, lease: 'other', held: 'other', first: 'no' }],
  ...SERVER,
  each<Fact>('io', 'yes', 'connecting', 'no'),
  each<Fact>('member', 'yes', 'no'),
  each<Fact>('vote', 'none', 'cast'),
  each<Fact>('votes', 'few', 'enough'),
  each<Fact>('covers', 'yes', 'no'),
  each<Fact>('applied', 'yes', 'no'),
  each<Fact>('turn', 'mine', 'later'),
);

const OTHERS: readonly State[] = combine<Fact>(
  [{ ...NO_HOLDER, ...NO_VOTER }],
  each<Fact>('lease', 'absent', 'free', 'unknown'),
  each<Fact>('held', 'mine', 'other'),
  each<Fact>('first', 'yes', 'no'),
  ...SERVER,
);

export const ALL = [...HOLDER, ...VOTER, ...OTHERS];
