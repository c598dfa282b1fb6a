#!/usr/bin/env bash
# Which pod is the primary. Without failover it is the one with ordinal 0. With failover it is the holder of the release's Lease, as the keeper
# noted it last (do/note.sh).
#
# reads:   FAILOVER POD_NAME $RUN/lease $RUN/lease-until
# gives:   LEADER LEASE
# exits:   never
load lib/places lib/pod lib/time

# The ordinal of the primary; empty while no pod has ever led.
LEADER=''
# The keeper's note: holder, term, previous (who led before), receive (yes, or no: a promise holds), acks, members,
# state (the reason of the keeper's row), age (fresh, or expired: the Lease has not changed for failover.leaseFor).
declare -gA LEASE
LEASE=()

# moves: whether the primary may move. The scripts of a running pod change before its environment, so an older pod has no such variable.
moves() { [[ ${FAILOVER-manual} == automatic ]]; }

# see_leader: leaves its ordinal in LEADER.
see_leader() {
  LEADER=0
  if ! moves; then return 0; fi
  read_lease_note
  LEADER=${LEASE[holder]-}
  LEADER=${LEADER##*-}
}

# read_lease_note: a note that is being replaced is read again; it is never half there.
read_lease_note() {
  local line
  LEASE=()
  while IFS= read -r line; do LEASE[${line%%=*}]=${line#*=}; done 2> /dev/null < "$RUN/lease" || true
}

# leads: whether this pod is the primary.
leads() {
  see_leader
  [[ ${POD_NAME##*-} == "$LEADER" ]]
}

# primary_host: prints the name under which the primary is reached.
primary_host() {
  see_leader
  pod_host "${LEADER:-0}"
}

# lease_is_held: whether the Lease of this pod counts still. Until then no other pod can have taken it.
lease_is_held() {
  local until=0 end=''
  if ! moves; then return 0; fi
  if [[ ! -f $RUN/lease-until ]]; then return 1; fi
  read -r until end 2> /dev/null < "$RUN/lease-until" || true
  read_uptime
  # A number that is being written has no end yet; then the one before it counted a moment ago.
  [[ $end != end ]] || ((UPTIME < until))
}

# may_receive: whether no promise to an election holds.
may_receive() { ! moves || [[ ${LEASE[receive]-no} == yes ]]; }
