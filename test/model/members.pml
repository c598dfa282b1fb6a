/*
 * Members up and down: a release of three pods that becomes one of five, and one of three again, while clients write. Pod 0 is the primary.
 * The Lease says who the members are, and how many acknowledgements a write has. An election at any moment needs the votes of
 * (members - acknowledgements) members. So each write that was acknowledged must be on more members than the acknowledgements that the
 * Lease has: then every election finds it. lossless.pml answers for elections themselves.
 */
#define W 2
#define bit(x) (1<<(x))
#define THREE 7
#define FIVE 31
#define count(x) (((x)&1) + (((x)>>1)&1) + (((x)>>2)&1) + (((x)>>3)&1) + (((x)>>4)&1))

byte members = THREE; byte acks = 1;        /* the Lease */
byte waits_for = 1;                         /* acknowledgements that the primary waits for */
byte sending = THREE;                       /* pods whose acknowledgements reach the primary */
byte has[W]; byte acked[W]; bool told[W]; byte next;
byte phase;

/* Every write that began is on so many replicas among these: what a heartbeat proves that so many of them acknowledged. */
#define on(i, set, most) (i >= next || count(has[i] & set & ~1) >= most)
#ifdef NO_BARRIER
#define proven(set, most) true
#else
#define proven(set, most) (on(0, set, most) && on(1, set, most))
#endif

#define safe(i) (!told[i] || count(has[i] & members) > acks)
#define RECEIVE(j, i) \
  :: d_step { i < next && !(has[i] & bit(j)) && (i == 0 || (has[0] & bit(j))) -> printf("pod %d receives write %d\n", j, i); has[i] = has[i] | bit(j); \
       acked[i] = acked[i] | (sending & bit(j)) }
#define BOTH(j) RECEIVE(j, 0) RECEIVE(j, 1)
#define TELL(i) \
  :: d_step { i < next && !told[i] && count(acked[i]) >= waits_for -> printf("write %d is acknowledged to its client\n", i); told[i] = true }
#define GO(from, to, text) phase == from -> phase = to; printf(text)

#ifdef UP_LEASE_FIRST
#define RAISE_PRIMARY(p, q) :: d_step { GO(p, q, "the Lease has 2 acknowledgements\n"); acks = 2 }
#define RAISE_LEASE(p, q)   :: d_step { GO(p, q, "the primary waits for 2\n"); waits_for = 2 }
#else
#define RAISE_PRIMARY(p, q) :: d_step { GO(p, q, "the primary waits for 2\n"); waits_for = 2 }
#define RAISE_LEASE(p, q)   :: d_step { proven(members, 2) && GO(p, q, "the Lease has 2 acknowledgements\n"); acks = 2 }
#endif
#ifdef DOWN_PRIMARY_FIRST
#define LOWER_LEASE(p, q)   :: d_step { GO(p, q, "the primary waits for 1\n"); waits_for = 1 }
#define LOWER_PRIMARY(p, q) :: d_step { GO(p, q, "the Lease has 1 acknowledgement\n"); acks = 1 }
#else
#define LOWER_LEASE(p, q)   :: d_step { GO(p, q, "the Lease has 1 acknowledgement\n"); acks = 1 }
#define LOWER_PRIMARY(p, q) :: d_step { GO(p, q, "the primary waits for 1\n"); waits_for = 1 }
#endif
#ifdef LEAVERS_SEND
#define LEAVE skip
#else
#define LEAVE sending = THREE
#endif

active proctype system() {
  d_step { has[0] = 0 }
  do
  :: d_step { next < W -> printf("write %d begins\n", next); has[next] = 1; next++ }
  BOTH(1)
  BOTH(2)
  BOTH(3)
  BOTH(4)
  TELL(0)
  TELL(1)
#ifdef UP_ACKS_FIRST
  RAISE_PRIMARY(0, 1)
  RAISE_LEASE(1, 2)
  :: d_step { GO(2, 3, "the Lease has 5 members\n"); members = FIVE; sending = FIVE }
#else
  :: d_step { GO(0, 1, "the Lease has 5 members\n"); members = FIVE; sending = FIVE }
  RAISE_PRIMARY(1, 2)
  RAISE_LEASE(2, 3)
#endif
#ifdef DOWN_MEMBERS_FIRST
  :: d_step { GO(3, 4, "pods 3 and 4 stop receiving\n"); LEAVE }
  :: d_step { proven(THREE, 1) && GO(4, 5, "the Lease has 3 members\n"); members = THREE }
  LOWER_LEASE(5, 6)
  LOWER_PRIMARY(6, 7)
#else
  LOWER_LEASE(3, 4)
  LOWER_PRIMARY(4, 5)
  :: d_step { GO(5, 6, "pods 3 and 4 stop receiving\n"); LEAVE }
  :: d_step { proven(THREE, 1) && GO(6, 7, "the Lease has 3 members\n"); members = THREE }
#endif
  :: d_step { !safe(0) || !safe(1) -> assert(false) }
  od
}
