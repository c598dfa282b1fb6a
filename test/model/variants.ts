/** What is checked: the protocol as it is to be built, and the same without one of its rules. */

/** What the checker must find: that the assertions hold in every state, or a way to break one. */
export type Verdict = 'holds' | 'violated';

/** One run of the checker. */
export interface Variant {
  /** What the variant is, for the table; for a planted fault, what it leaves out. */
  readonly name: string;
  /** A file of this folder. */
  readonly model: Model;
  /** Words that the model is compiled with, as `NAME` or `NAME=VALUE`. */
  readonly defines: readonly string[];
  readonly expected: Verdict;
  /** Why that is so, in one line. */
  readonly reason: string;
}

export type Model = 'lossless.pml' | 'rounds.pml' | 'members.pml';

type Row = readonly [name: string, defines: string, reason: string];

function rows(model: Model, expected: Verdict, base: string, list: readonly Row[]): readonly Variant[] {
  return list.map(([name, defines, reason]) => ({
    name,
    model,
    defines: `${base} ${defines}`.split(' ').filter((word) => word !== ''),
    expected,
    reason,
  }));
}

const LOSSLESS: readonly Variant[] = [
  ...rows('lossless.pml', 'holds', '', [
    ['failover of 3 pods, 2 writes', 'W=2', 'any number of renewals, restarts, outages and failovers'],
    ['a volume is lost', 'W=1 LOSSES=1', 'a copy votes only when it has all that the primary had after it was made'],
    [
      'planned hand-over',
      'W=1 HANDOVER',
      'close, end what waits, let the target have all, write its name, and the target renews before it opens',
    ],
    ['planned hand-over, and a volume is lost', 'W=1 HANDOVER LOSSES=1', 'the same with a copy among the pods'],
    ['a person deletes the Lease', 'W=1 DELETED', 'it is created without a holder, and an election decides'],
    ['a replica acknowledges before it is a member', 'W=1 LOSSES=1 ACK_EARLY', 'what it acknowledged it has; only its vote must wait'],
    ['the target of a hand-over opens by reading', 'W=1 HANDOVER TARGET_BLIND', 'a holder that had closed named it in its present life'],
    [
      'a restarted holder opens by reading, no hand-over',
      'W=1 RESTART_BLIND',
      'those who voted have promised; with hand-over it is a fault',
    ],
  ]),
  ...rows('lossless.pml', 'violated', 'W=1', [
    ['no promise before the vote', 'NO_PROMISE', 'a voter acknowledges what its vote does not have'],
    ['the position is read before receiving stops', 'READ_FIRST', 'a voter acknowledges what its vote does not have'],
    ['the vote has what was executed, not what was received', 'VOTE_EXECUTED', 'an acknowledgement only says: received'],
    ['one vote too few', 'FEW_VOTES', 'the voters need not include one that acknowledged'],
    ['a winner that lacks what another voter has', 'NO_COMPARE', 'the other voter may be the only one with an acknowledged write'],
    ['votes for older versions count', 'VOTE_ANY', 'whoever cast them receives and acknowledges again'],
    ['the Lease is taken without its version', 'NO_CAS', 'a holder renewed, or another won, after the votes were counted'],
    ['a pod that has just started receives at once', 'NO_FRESH', 'it may have voted for this version before it stopped'],
    ['the Lease is read from a cache', 'STALE_READ', 'an older version looks like a change, and the promise is withdrawn'],
    ['a semi-synchronous time-out', 'FALLBACK', 'a client is answered without a second copy'],
    [
      'a fence that lets waiting commits go',
      'FENCE_RELEASES',
      'a SIGTERM or semi-synchronous replication switched off answers clients that wait',
    ],
    ['a restart forgets what was received', 'FORGETS', 'relay_log_recovery: the second copy is gone before it was applied'],
    ['a copy votes at once', 'LOSSES=1 CLONE_VOTES', 'a copy of a replica that lags lacks what was acknowledged'],
  ]),
  ...rows('lossless.pml', 'violated', 'W=1 HANDOVER', [
    ['hand-over to a pod that lacks something', 'HAND_EARLY', 'it opens without it'],
    ['hand-over without closing', 'HAND_OPEN', 'a write begins after the target was found complete'],
    ['hand-over while commits wait', 'HAND_NO_DRAIN', 'they are not executed yet, and a third pod acknowledges them afterwards'],
    ['hand-over without the version', 'HAND_NO_CAS', 'the PUT arrives after the holder opened again, or after another won'],
    ['the old holder opens again without a PUT', 'REOPEN_BLIND', 'the PUT that named the target was late, not lost'],
    ['a restarted holder opens by reading', 'RESTART_BLIND', 'the PUT that it sent before it stopped names another pod later'],
    ['data given up by an old reading of the Lease', 'GIVE_UP_STALE', 'it is compared with a primary that was deposed'],
  ]),
  ...rows('lossless.pml', 'violated', 'W=1 DELETED', [
    ['pod 0 creates a deleted Lease with itself', 'POD0_CREATES', 'it may lack what was written since it led'],
    ['a pod that is open creates a deleted Lease with itself', 'SELF_CREATES', 'it was deposed and has not read so'],
  ]),
];

const ROUNDS: readonly Variant[] = [
  ...rows('rounds.pml', 'holds', '', [
    ['one pod dies or starts: writes within 7 renewals', 'EVENTS=1 DEATHS BOUND=7', 'leaseFor is 3 renewals, then vote, take and receive'],
    ['any one event: writes within 11 renewals', 'EVENTS=1 BOUND=11', 'cut from its peers alone, a primary gives up after stallFor'],
    ['any two events: writes within 12 renewals', 'EVENTS=2 BOUND=12', 'deaths, starts, pauses, and cuts from the API or from peers'],
    ['three pods die or start', 'EVENTS=3 DEATHS BOUND=12', 'as long as two can work'],
  ]),
  ...rows('rounds.pml', 'violated', '', [
    ['heartbeats do not count for replicas', 'EVENTS=2 NO_DECIDE', 'a primary that the API alone cannot reach is deposed'],
    ['heartbeats do not count for the primary', 'EVENTS=2 NO_HEARTBEATS', 'an outage of the API ends every primary'],
    [
      'a primary without replicas renews for ever',
      'EVENTS=2 NO_STALL',
      'cut from its peers alone, it is never replaced, and acknowledges nothing',
    ],
    ['the watchdog lets a stalled holder begin afresh', 'EVENTS=2 FENCE_REOPENS', 'it restarts, renews, and is never replaced'],
    [
      'a stalled holder never renews again',
      'EVENTS=3 DEATHS BOUND=30 NO_RETRY',
      'a replica that starts waits for a renewal, and the holder for a replica',
    ],
  ]),
];

const MEMBERS: readonly Variant[] = [
  ...rows('members.pml', 'holds', '', [
    ['3 to 5 members and back', '', 'the number in the Lease is never more than what the primary waits for, nor than what was proven'],
    ['acknowledgements first, then members', 'UP_ACKS_FIRST', 'on the way up that order is safe, too'],
  ]),
  ...rows('members.pml', 'violated', '', [
    ['no proof by a heartbeat', 'NO_BARRIER', 'older writes have fewer copies than elections count on'],
    ['up: the Lease before the primary', 'UP_LEASE_FIRST', 'writes wait for fewer copies than elections count on'],
    ['down: members before acknowledgements', 'DOWN_MEMBERS_FIRST', 'the pods that left had the copies'],
    ['down: the primary before the Lease', 'DOWN_PRIMARY_FIRST', 'writes wait for fewer copies than elections count on'],
    ['pods that left still acknowledge', 'LEAVERS_SEND', 'their copies are in no election'],
  ]),
];

/** All of them, in the order of the table. */
export const VARIANTS: readonly Variant[] = [...LOSSLESS, ...ROUNDS, ...MEMBERS];
