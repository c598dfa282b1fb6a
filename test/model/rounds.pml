/*
 * Time and progress: three pods, and rounds as long as the time between two renewals. In a round each pod that runs has one step, in any
 * order. Counters of rounds stand for LEASE (failover.leaseFor) and STALL (failover.stallFor). Whatever data a pod has is equal here:
 * lossless.pml answers for data. A step is a list of rows, and the first that fits wins, as in decide/.
 *
 * EVENTS faults or repairs happen in any round: a pod dies, starts again, is paused or woken, is cut from the API or from its peers, and
 * the API is away for all. After the last one:
 *   - BOUND rounds later some pod serves (is open, holds the Lease, and its heartbeat is acknowledged) in every round, if so many pods as
 *     an election needs can work;
 *   - as long as nothing but the API failed, pod 0 serves in every round.
 */
#define N 3
#define K 1
#define QUORUM (N-K)
#ifndef LEASE
#define LEASE 3
#endif
#ifndef STALL
#define STALL 5
#endif
#define RETRY (STALL+LEASE+4)         /* a holder that stalls lets so many rounds pass before it renews once more */
#ifndef EVENTS
#define EVENTS 2
#endif
#ifndef BOUND
#define BOUND 12
#endif
#define NONE 7

byte holder = 0;
bool alive[N]; bool paused[N]; bool api[N]; bool linked[N]; bool away;      /* the world */
bool cur[N]; byte seen[N]; bool known[N]; bool free[N]; bool vote[N]; bool turn[N];
byte age[N]; byte silent[N]; byte io[N];                                   /* rounds since the Lease changed, since a heartbeat came */
bool open[N]; byte unheard[N]; byte unrenewed[N];                          /* of a holder: rounds since a heartbeat was acknowledged, since it renewed */
bool served; bool only_api; bool quiet; byte calm; byte events; byte todo;

#define bit(x) (1<<(x))
#define runs(j) (alive[j] && !paused[j])
#define reads(j) (api[j] && !away)
#define hears(j, h) (io[j] == h && alive[j] && alive[h] && linked[j] && linked[h])
#define works(j) (runs(j) && reads(j) && linked[j])
#define possible (works(0) + works(1) + works(2) >= QUORUM)
#define more(x, most) x = (x < most -> x + 1 : x)

inline bump(j) {
  k = 0;
  do :: k < N -> cur[k] = (k == j); vote[k] = false; turn[k] = false; k++ :: else -> break od; k = 0;
  age[j] = 0; unrenewed[j] = 0
}

inline read_lease(j) {
  if
  :: reads(j) && !cur[j] ->
    cur[j] = true; seen[j] = holder; age[j] = 0; free[j] = known[j]; known[j] = true;
    if :: open[j] && holder != j -> open[j] = false; printf("pod %d closes: pod %d has the Lease\n", j, holder) :: else fi
  :: else -> more(age[j], LEASE)
  fi
}

inline heartbeat(j) {
  c = 0; k = 0;
  do
  :: k < N -> if :: open[j] && k != j && hears(k, j) -> c++; silent[k] = 0 :: else fi; k++
  :: else -> break
  od; k = 0;
  if :: c >= K -> unheard[j] = 0; served = (served || holder == j) :: else -> more(unheard[j], RETRY) fi; c = 0
}

#ifdef NO_STALL
#define stalls(j) false
#else
#define stalls(j) (unheard[j] >= STALL)
#endif
#ifdef NO_HEARTBEATS
#define proven(j) false
#else
#define proven(j) (unheard[j] < LEASE-1)
#endif

inline lead_on(j) {
  heartbeat(j);
#ifndef NO_RETRY
  if :: unheard[j] >= RETRY -> unheard[j] = 0; printf("pod %d tries again\n", j) :: else fi;
#endif
  if
  :: reads(j) && !stalls(j) ->
    if :: !open[j] -> printf("pod %d opens again\n", j) :: else fi;
    bump(j); open[j] = true; io[j] = NONE
  :: else ->
    more(unrenewed[j], LEASE);
    if
    :: open[j] && unrenewed[j] >= LEASE-1 && !proven(j) -> open[j] = false; printf("the watchdog ends the server of pod %d\n", j);
#ifdef FENCE_REOPENS
      unheard[j] = 0
#endif
    :: else
    fi
  fi
}

inline take(j) {
  printf("pod %d takes the Lease from pod %d\n", j, holder);
  holder = j; seen[j] = j; bump(j); open[j] = true; io[j] = NONE; unheard[j] = 0
}

#ifdef NO_DECIDE
#define expired(j) (age[j] >= LEASE)
#else
#define expired(j) (age[j] >= LEASE && silent[j] >= LEASE)
#endif
#define votes (vote[0] + vote[1] + vote[2])
/* The lowest ordinal among those that voted tries first, the others a round later. */
#define is_later(j) ((j > 0 && vote[0]) || (j > 1 && vote[1]))

inline follow_on(j) {
  more(silent[j], LEASE);
  if
  :: vote[j] && reads(j) && cur[j] && votes >= QUORUM -> if :: is_later(j) && !turn[j] -> turn[j] = true :: else -> take(j) fi
  :: !vote[j] && reads(j) && cur[j] && known[j] && expired(j) ->
    vote[j] = true; io[j] = NONE; free[j] = false; printf("pod %d votes\n", j)
  :: !vote[j] && free[j] && io[j] != seen[j] && alive[seen[j]] && linked[j] && linked[seen[j]] -> io[j] = seen[j]; silent[j] = 0
  :: else
  fi
}

inline step(j) {
  read_lease(j);
  if :: known[j] && seen[j] == j -> lead_on(j) :: known[j] && seen[j] != j -> follow_on(j) :: else fi
}

/* A pod starts: it has its data and its claim, and no memory. */
inline start(j) {
  alive[j] = true; known[j] = false; cur[j] = false; free[j] = false; io[j] = NONE; silent[j] = LEASE; age[j] = 0;
  unheard[j] = 0; unrenewed[j] = 0; open[j] = false; seen[j] = NONE; turn[j] = false
}

#define happens(text, j) events++; printf(text, j)
#ifdef DEATHS
#define FAULT(j) \
  :: d_step { faults && alive[j] -> happens("== pod %d dies\n", j); alive[j] = false; open[j] = false; paused[j] = false; only_api = false } \
  :: d_step { faults && !alive[j] -> happens("== pod %d starts\n", j); start(j) }
#else
#define FAULT(j) \
  :: d_step { faults && alive[j] -> happens("== pod %d dies\n", j); alive[j] = false; open[j] = false; paused[j] = false; only_api = false } \
  :: d_step { faults && !alive[j] -> happens("== pod %d starts\n", j); start(j) } \
  :: d_step { faults && runs(j) -> happens("== pod %d is paused\n", j); paused[j] = true; only_api = false } \
  :: d_step { faults && paused[j] -> happens("== pod %d wakes\n", j); paused[j] = false } \
  :: d_step { faults -> happens("== pod %d is cut from the API, or the cut heals\n", j); api[j] = !api[j] } \
  :: d_step { faults -> happens("== pod %d is cut from its peers, or the cut heals\n", j); linked[j] = !linked[j]; only_api = false }
#endif
#define faults (todo == 0 && !quiet && events < EVENTS)
#define STEP(j) :: d_step { (todo & bit(j)) -> todo = todo & ~bit(j); if :: runs(j) -> step(j) :: else fi }

active proctype system() {
  byte k, c;
  d_step {
    do
    :: k < N ->
      alive[k] = true; api[k] = true; linked[k] = true; cur[k] = true; known[k] = true; free[k] = true; io[k] = (k == 0 -> NONE : 0); k++
    :: else -> break
    od;
    k = 0; open[0] = true; only_api = true; served = true
  }
  do
  FAULT(0)
  FAULT(1)
  FAULT(2)
  :: d_step { faults -> happens("== the API is away, or back: %d\n", away); away = !away }
  :: d_step { todo == 0 && !quiet -> quiet = true; printf("== the last event\n") }
  :: d_step { todo == 0 ->
      assert(served || !only_api);
      assert(served || calm < BOUND || !possible);
      printf("-- round\n");
      if :: quiet && calm < BOUND -> calm++ :: else fi;
      served = false; todo = 7 }
  STEP(0)
  STEP(1)
  STEP(2)
  od
}
