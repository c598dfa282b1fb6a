/*
 * The primary that moves, in lossless mode: semi-synchronous replication with K acknowledgements, and one Lease that is written by
 * compare-and-swap. There are no clocks, no limits of renewals, restarts, failovers and outages: any pod may take the Lease for expired
 * at any moment, any step may be late for ever (which is what a partition, a pause or a slow API server is), and any pod may restart.
 * Only writes (W) and lost volumes (LOSSES) are counted.
 *
 * A version of the Lease is not a number here. What was bound to a version that has passed can never count again, so a vote is
 * none, old or current, and an observation is current or not. That makes the model finite without a bound.
 *
 * -DHANDOVER adds the planned hand-over, -DDELETED a Lease that a person deletes. The other words are planted faults: see variants.ts.
 */
#ifndef N
#define N 3
#endif
#define K (N/2)
#ifdef FEW_VOTES
#define QUORUM (N-K-1)
#else
#define QUORUM (N-K)                  /* so many of all pods include one of every K+1 that have a write which was acknowledged */
#endif
#ifndef W
#define W 2
#endif
#ifndef LOSSES
#define LOSSES 0
#endif
#define NONE 7
#define CURRENT 2
#define OLD 1

byte holder = 0;                      /* the Lease */
byte flying;                          /* names that a PUT in flight for this version would write, although its sender may be gone */
byte lead = 0;                        /* the pod that opened in the newest term */
byte data[N];                         /* writes that a pod has executed or received; for ever, unless its volume is lost */
byte votedata[N]; byte vote[N];       /* published on its claim */
bool cur[N]; byte seen[N];            /* the Lease as the pod read it last: whether it is still so, and who held it */
bool free[N];                         /* the pod has seen the Lease change since it started and since it voted: it may receive */
byte io[N];                           /* whose changes its server receives */
byte counted[N];                      /* it has counted enough votes */
byte own[N];                          /* a PUT of its own succeeded: CURRENT, or OLD when somebody else has led since */
bool open[N];                         /* its server takes writes */
bool closed[N];                       /* ... but no new ones, since a hand-over is on */
bool member[N];                       /* it has all that the primary had after its copy was made: it acknowledges and votes */
bool lost[N];                         /* it has no data and waits for a copy */
byte next; byte losses;
byte writer[W]; byte acks[W]; byte state[W];
#define WAITING 1
#define TOLD 2
#define DEAD 3

#ifdef FORGETS
#define ACTION atomic                 /* what is forgotten is not determined */
#else
#define ACTION d_step
#endif

#define bit(x) (1<<(x))
#define has(j, i) (data[j] & bit(i))
#define lacks(a, b) (data[b] & ~data[a])       /* what b has and a does not */

#define count2(x) (((x)&1) + (((x)>>1)&1) + (((x)>>2)&1) + (((x)>>3)&1) + (((x)>>4)&1))

#if W == 1
#define told() (state[0] == TOLD -> 1 : 0)
#else
#define told() ((state[0] == TOLD -> 1 : 0) | (state[1] == TOLD -> 2 : 0))
#endif

/* A client learns that its write is done: from now on no primary may lack it. */
inline tell(i) {
  printf("write %d of pod %d is acknowledged to its client\n", i, writer[i]);
  state[i] = TOLD; acks[i] = 0;
  assert(lead == NONE || lead == writer[i] || has(lead, i))
}

/* The sessions that wait on this server end, and their clients learn nothing. */
inline end_sessions(j) {
  k = 0;
  do
  :: k < W ->
    if
    :: state[k] == WAITING && writer[k] == j ->
#ifdef FENCE_RELEASES
      tell(k)
#else
      state[k] = DEAD; acks[k] = 0
#endif
    :: else
    fi; k++
  :: else -> break
  od; k = 0
}

/* The Lease was written: what was bound to the version before is void. */
inline bump() {
#ifndef HAND_NO_CAS
  flying = 0;
#endif
  k = 0;
  do
  :: k < N ->
    cur[k] = false;
#ifdef NO_CAS
    counted[k] = (counted[k] -> OLD : 0);
#else
    counted[k] = 0;
#endif
#ifdef VOTE_ANY
    vote[k] = (vote[k] -> OLD : 0);
#else
    vote[k] = 0; votedata[k] = 0;
#endif
    k++
  :: else -> break
  od; k = 0
}

/* A new term: whoever led before may go on without knowing, but is not the newest primary any more. */
inline outdate_others(j) {
  lead = NONE; k = 0;
  do :: k < N -> if :: k != j && own[k] -> own[k] = OLD :: else fi; k++ :: else -> break od; k = 0
}

inline fence(j) { open[j] = false; closed[j] = false; end_sessions(j) }

#ifdef TARGET_BLIND
#define now_named(j) own[j] = (own[j] || open[j] -> own[j] : CURRENT)
#else
#define now_named(j) skip
#endif

inline observe(j) {
  printf("pod %d reads the Lease: holder is %d\n", j, holder);
  cur[j] = true; free[j] = true; seen[j] = holder;
  if
  :: holder != j -> own[j] = 0; if :: open[j] -> printf("pod %d learns that it was deposed, and closes\n", j); fence(j) :: else fi
  :: else -> now_named(j)
  fi
}

/* What was received and not applied is gone: the newest that the pod did not write itself. */
inline forget(j) {
  if
  :: true
  :: W > 1 && has(j, W-1) && writer[W-1] != j -> data[j] = data[j] & ~bit(W-1)
  :: has(j, 0) && writer[0] != j && !(data[j] & ~bit(0)) -> data[j] = 0
  fi
}

/* A pod, or its server, starts. Its volume and its claim are as they were. */
inline start(j) {
  printf("pod %d restarts; holder is %d\n", j, holder);
  fence(j); io[j] = NONE; counted[j] = 0; own[j] = 0; cur[j] = true; seen[j] = holder;
#ifdef NO_FRESH
  free[j] = true;
#else
  free[j] = false;
#endif
#ifdef RESTART_BLIND
  if :: holder == j -> own[j] = CURRENT :: else fi
#endif
#ifdef FORGETS
  forget(j)
#endif
}

#ifdef ACK_EARLY
#define can_acknowledge(j) true
#else
#define can_acknowledge(j) member[j]
#endif
#if W == 1
#define unacknowledged(j) (state[0] == WAITING && writer[0] == io[j] && has(j,0) && !(acks[0] & bit(j)) && can_acknowledge(j))
#else
#define unacknowledged(j) ((state[0] == WAITING && writer[0] == io[j] && has(j,0) && !(acks[0] & bit(j)) && can_acknowledge(j)) \
                        || (state[1] == WAITING && writer[1] == io[j] && has(j,1) && !(acks[1] & bit(j)) && can_acknowledge(j)))
#endif

inline receive(j) {
  k = 0;
  do
  :: k < W && lacks(j, io[j]) && has(io[j], k) && !has(j, k) ->
    data[j] = data[j] | bit(k); printf("pod %d receives write %d from pod %d\n", j, k, io[j]); break
  :: k < W && !(lacks(j, io[j]) && has(io[j], k) && !has(j, k)) -> k++
  :: else -> break
  od;
  k = 0;
  do
  :: k < W ->
    if
    :: state[k] == WAITING && writer[k] == io[j] && has(j, k) && can_acknowledge(j) -> acks[k] = acks[k] | bit(j)
    :: else
    fi; k++
  :: else -> break
  od; k = 0
}
inline cast(j) {
  printf("pod %d votes with writes %d\n", j, data[j]);
#ifndef NO_PROMISE
  io[j] = NONE; free[j] = false;
#endif
  vote[j] = CURRENT; votedata[j] = data[j]
}

inline count_votes(j) {
  c = 0; more = 0; k = 0;
  do
  :: k < N ->
    if
#ifdef VOTE_ANY
    :: vote[k] -> c++; more = more | (votedata[k] & ~data[j])
#else
    :: vote[k] == CURRENT -> c++; more = more | (votedata[k] & ~data[j])
#endif
    :: else
    fi; k++
  :: else -> break
  od; k = 0;
#ifdef NO_COMPARE
  more = 0;
#endif
  if :: c >= QUORUM && more == 0 -> counted[j] = CURRENT; printf("pod %d has counted enough votes\n", j) :: else fi; c = 0; more = 0
}

/* The PUT of a winner succeeded. */
inline take(j) {
  printf("pod %d takes the Lease from %d\n", j, holder);
  holder = j; outdate_others(j); bump(); cur[j] = true; seen[j] = j; own[j] = CURRENT; io[j] = NONE }

inline renew(j) {
  printf("pod %d renews the Lease\n", j);
  bump(); cur[j] = true; if :: !open[j] -> own[j] = CURRENT :: else fi }

inline open_now(j, newest) {
  printf("pod %d opens with writes %d\n", j, data[j]);
  open[j] = true; own[j] = 0; io[j] = NONE;
  if
  :: newest -> lead = j; assert((told() & ~data[j]) == 0)
  :: else
  fi
}

inline give_up_data(j) {
  printf("pod %d has no data of use and will be cloned\n", j);
  data[j] = 0; lost[j] = true; member[j] = false; io[j] = NONE; counted[j] = 0 }

inline copy(j, d) {
  printf("pod %d is cloned from pod %d\n", j, d);
  data[j] = data[d]; lost[j] = false;
#ifdef CLONE_VOTES
  member[j] = true
#endif
}
#define PAIR(j, d) HAND(j, d) :: ACTION { lost[j] && !lost[d] -> copy(j, d) }

#ifdef VOTE_EXECUTED
#define VARIANT_VOTE(j) :: ACTION { can_vote(j) && data[j] -> cast(j); votedata[j] = 0 }
#else
#define VARIANT_VOTE(j)
#endif
#define can_vote(j) (cur[j] && vote[j] != CURRENT && !open[j] && member[j] && seen[j] != j && !own[j])

#ifdef READ_FIRST
byte read[N];
#undef VARIANT_VOTE
#define VARIANT_VOTE(j) :: ACTION { can_vote(j) && read[j] != data[j] -> read[j] = data[j] } \
  :: ACTION { can_vote(j) && read[j] != data[j] -> cast(j); votedata[j] = read[j]; read[j] = 0 }
#endif
#ifdef STALE_READ
#undef VARIANT_VOTE
#define VARIANT_VOTE(j) :: ACTION { !free[j] && !open[j] -> free[j] = true }
#endif

#ifdef HANDOVER
#define waiting(j, i) (state[i] == WAITING && writer[i] == j)
#if W == 1
#define waits(j) (waiting(j,0) -> 1 : 0)
#else
#define waits(j) ((waiting(j,0) -> 1 : 0) | (waiting(j,1) -> 2 : 0))
#endif
#define follows(t, j) (io[t] == j && !open[t])
#ifdef HAND_EARLY
#define ready(j, t) (member[t] && follows(t, j))
#else
#ifdef HAND_NO_DRAIN
#define ready(j, t) (member[t] && follows(t, j) && !(data[j] & ~waits(j) & ~data[t]))
#else
#define ready(j, t) (member[t] && follows(t, j) && !waits(j) && !lacks(t, j))
#endif
#endif
#ifdef HAND_OPEN
#define may_hand(j) (open[j] && cur[j] && seen[j] == j)
#else
#define may_hand(j) (closed[j] && cur[j] && seen[j] == j)
#endif
inline hand_over(j, t) {
  printf("pod %d writes pod %d into the Lease\n", j, t);
  holder = t; outdate_others(NONE); bump(); cur[j] = true; seen[j] = t; fence(j) }
#ifdef REOPEN_BLIND
#define REOPEN(j) :: ACTION { closed[j] -> printf("pod %d opens again without a PUT\n", j); closed[j] = false }
#else
#define REOPEN(j) :: ACTION { closed[j] && cur[j] && seen[j] == j -> renew(j); printf("pod %d opens again\n", j); closed[j] = false }
#endif
/* The PUT of the hand-over succeeds, or is on its way when the one who sent it gives up waiting for the answer. */
#define HAND(j, t) \
  :: ACTION { may_hand(j) && ready(j, t) -> hand_over(j, t) } \
  :: ACTION { may_hand(j) && ready(j, t) && cur[j] && !(flying & bit(t)) -> printf("the PUT of pod %d that names pod %d is on its way\n", j, t); flying = flying | bit(t) }
#define CLOSE(j) \
  :: ACTION { open[j] && !closed[j] && seen[j] == j -> printf("pod %d closes for new writes\n", j); closed[j] = true } \
  :: ACTION { closed[j] && waits(j) -> end_sessions(j) } \
  REOPEN(j)
#else
#define HAND(j, t)
#define CLOSE(j)
#endif

/* A person deletes the Lease, and some pod creates it. It names a holder only as the fault plants it. */
#ifdef POD0_CREATES
#define DELETION :: ACTION { holder = 0; outdate_others(NONE); bump() }
#else
#define DELETION :: ACTION { holder != NONE -> holder = NONE; outdate_others(NONE); bump() }
#endif
#ifdef SELF_CREATES
#define CREATE(j) :: ACTION { open[j] && seen[j] == j -> holder = j; outdate_others(j); bump(); cur[j] = true }
#else
#define CREATE(j)
#endif

#ifdef GIVE_UP_STALE
#define may_give_up(j) true
#else
#define may_give_up(j) cur[j]
#endif

#define POD(j) \
  CLOSE(j) \
  CREATE(j) \
  :: ACTION { !cur[j] -> observe(j) } \
  :: ACTION { cur[j] && seen[j] == j && member[j] -> renew(j) } \
  :: ACTION { own[j] == CURRENT && !open[j] && member[j] -> open_now(j, true) } \
  :: ACTION { own[j] == OLD && !open[j] && member[j] -> open_now(j, false) } \
  :: ACTION { open[j] && !closed[j] && next < W -> data[j] = data[j] | bit(next); printf("write %d begins on pod %d\n", next, j); writer[next] = j; state[next] = WAITING; next++ } \
  :: ACTION { io[j] != NONE && !lost[io[j]] && (lacks(j, io[j]) || unacknowledged(j)) -> receive(j) } \
  :: ACTION { !member[j] && !lost[j] && io[j] != NONE && open[io[j]] && !lacks(j, io[j]) -> printf("pod %d has all of pod %d: a member\n", j, io[j]); member[j] = true } \
  :: ACTION { can_vote(j) -> cast(j) } \
  VARIANT_VOTE(j) \
  :: ACTION { cur[j] && vote[j] == CURRENT && !open[j] && member[j] && counted[j] != CURRENT && holder != j -> count_votes(j) } \
  :: ACTION { can_take(j) -> take(j) } \
  :: ACTION { free[j] && !open[j] && !own[j] && !lost[j] && seen[j] != j && seen[j] != NONE && io[j] != seen[j] && !lost[seen[j]] && !lacks(seen[j], j) -> printf("pod %d receives from pod %d now\n", j, seen[j]); io[j] = seen[j] } \
  :: ACTION { may_give_up(j) && free[j] && !open[j] && !own[j] && !lost[j] && seen[j] != j && seen[j] != NONE && open[seen[j]] && lacks(seen[j], j) -> give_up_data(j) } \
  :: ACTION { start(j) } \
  :: ACTION { counted[j] == CURRENT -> flying = flying | bit(j); printf("the PUT of pod %d that names itself is on its way\n", j); start(j) } \
  :: ACTION { losses < LOSSES && !lost[j] -> losses++; start(j); give_up_data(j); if :: lead == j -> lead = NONE :: else fi } \
  :: ACTION { flying & bit(j) -> printf("the PUT that names pod %d succeeds\n", j); holder = j; outdate_others(j); bump() }

#ifdef NO_CAS
#define can_take(j) (counted[j] && member[j] && !open[j] && holder != j)
#else
#define can_take(j) (counted[j] == CURRENT && member[j] && !open[j] && holder != j)
#endif

#ifdef FALLBACK
#define enough(i) true
#else
#define enough(i) (count2(acks[i]) >= K)
#endif
#define CLIENT(i) :: ACTION { state[i] == WAITING && open[writer[i]] && enough(i) -> tell(i) }

active proctype system() {
  byte k, c, more;
  d_step {
    k = 0;
    do :: k < N -> io[k] = (k == 0 -> NONE : 0); member[k] = true; free[k] = true; cur[k] = true; k++ :: else -> break od;
    k = 0; open[0] = true
  }
  do
  POD(0)
  POD(1)
  POD(2)
#if N > 3
  POD(3)
  POD(4)
#endif
  PAIR(0,1) PAIR(0,2) PAIR(1,0) PAIR(1,2) PAIR(2,0) PAIR(2,1)
#if N > 3
  PAIR(0,3) PAIR(0,4) PAIR(1,3) PAIR(1,4) PAIR(2,3) PAIR(2,4) PAIR(3,4)
  PAIR(3,0) PAIR(4,0) PAIR(3,1) PAIR(4,1) PAIR(3,2) PAIR(4,2) PAIR(4,3)
#endif
#ifdef DELETED
  DELETION
#endif
  CLIENT(0)
#if W > 1
  CLIENT(1)
#endif
  od
}
