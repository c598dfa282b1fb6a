#!/usr/bin/env bash
# Who waits for acknowledgements, and who gives them. Every pod's server starts with neither.
#
# writes:  $INSTANCE/member $INSTANCE/led
# exits:   never
load engine/current lib/log lib/places lib/time see/leader see/member talk/session

# stand_as_replica: before replication starts. Only a member acknowledges, and no events run.
stand_as_replica() {
  local acknowledges=OFF
  if is_member; then acknowledges=ON; fi
  ask_session "SET GLOBAL $SEMI_SYNC_SOURCE = OFF;" "SET GLOBAL $SEMI_SYNC_REPLICA = $acknowledges;" 'SET GLOBAL event_scheduler = OFF;'
}

# join_members: this replica has all that the primary had after the copy was made. An acknowledgement counts from the next connection on.
join_members() {
  stamp > "$INSTANCE/member"
  rm -f "$INSTANCE/led"
  ask_session "SET GLOBAL $SEMI_SYNC_REPLICA = ON;" "$SQL_STOP_REPLICA IO_THREAD;" "$SQL_START_REPLICA IO_THREAD;" || return 1
  log 'this replica has caught up: it acknowledges writes, and may lead'
}

# demand_acknowledgements: from here on no commit is told to be done before another pod has it.
demand_acknowledgements() {
  local statements=("SET GLOBAL $SEMI_SYNC_REPLICA = OFF;")
  if [[ -n $SEMI_SYNC_ACKS ]]; then statements+=("SET GLOBAL $SEMI_SYNC_ACKS = ${LEASE[acks]:-1};"); fi
  ask_session ${statements[@]+"${statements[@]}"} "SET GLOBAL $SEMI_SYNC_SOURCE = ON;"
}
