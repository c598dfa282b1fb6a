#!/usr/bin/env bash
# The keeper's notes for the other processes of the pod: who leads (see/leader.sh), and until when this pod may go on leading.
#
# reads:   LEASE_FOR
# gives:   NOTED NOTED_STATE
# writes:  $RUN/lease $RUN/lease-until
# exits:   never
load lib/facts lib/places lib/time see/lease see/members

# What the note says now.
NOTED=''
# The reason of the keeper's last row that had one.
NOTED_STATE=''

# note_lease RECEIVE: says who leads and what is going on, in one step, when that has changed. Succeeds when it has.
note_lease() {
  local text
  text="holder=${HELD[holder]-}"$'\n'"term=${HELD[term]-0}"$'\n'"previous=${HELD[previous]-}"$'\n'
  wanted_acks
  text+="acks=$REPLY"$'\n'"receive=$1"$'\n'"state=$NOTED_STATE"$'\n'
  text+="members=${HELD[members]-0}"$'\n'"age=${FACT[age]-}"$'\n'
  if [[ $text == "$NOTED" ]]; then return 1; fi
  printf '%s' "$text" > "$RUN/lease.new"
  mv -f "$RUN/lease.new" "$RUN/lease"
  NOTED=$text
}

# note_state REASON: for the next note.
note_state() { NOTED_STATE=$1; }

# note_until SENT: no other pod takes the Lease for expired before this time, since each counts from when it saw the change, which is later.
note_until() {
  measure_seconds "$LEASE_FOR"
  printf '%s end\n' "$(($1 + SECONDS_OF))" > "$RUN/lease-until"
}
