#!/usr/bin/env bash
# What the values let the agent do about a state that does not pass by itself. A copy of a donor's data lasts for hours, so it is made by a
# process of its own (run/copy.sh), whose progress is a fact.
#
# reads:   RECOVERY_AFTER $RUN/progress
# writes:  $STATE/copy
# exits:   never
load decide/repair do/instance do/replace do/replicate engine/current lib/facts lib/log lib/memory lib/places see/replica talk/pod-status talk/session

# repair STATE: what decide/repair.sh decides.
repair() {
  see_repair "$1"
  decide_repair
  case $REPAIR in
    start) replication_sql "$SQL_START_REPLICA" ;;
    begin-copy) begin_copy ;;
    give-copy-up) give_copy_up ;;
    replace) replace "$1" ;;
    *) ;;
  esac
}

# cause_of STATE: leaves in REPLY why the data is replaced.
cause_of() {
  REPLY="$1 has lasted $RECOVERY_AFTER"
  if was_deposed "$1"; then REPLY='it led before, and no client got an answer for what only it has'; fi
}

begin_copy() {
  cause_of "${FACT[state]}"
  log "a copy of a donor's data is made, since $REPLY"
  bash "$SCRIPTS/run/copy.sh" 8>&- 9>&- &
  printf 'running %s\n' "$!" > "$STATE/copy"
}

give_copy_up() {
  log "no copy could be made. ${TEXT[job]}"
  discard "$STAGING"
  rm -f "$STATE/copy"
  # The pause before a next try is the one before the first.
  remember_time held_since
}

# drop_copy: a replica that has found back needs no copy any more.
drop_copy() {
  if [[ ! -f $STATE/copy ]]; then return 0; fi
  see_copy
  if [[ ${FACT[job]} == running ]]; then kill "${TEXT[job]}" 2> /dev/null || true; fi
  log 'replication works again, so the copy is not needed'
  discard "$STAGING"
  rm -f "$STATE/copy"
}

# replace STATE: the server's next start puts the copy in the place of the data, or makes it first where the method needs a server.
replace() {
  cause_of "$1"
  log "the data of this replica is replaced by a copy, since $REPLY"
  report_condition Replicating False Recloning "the data is replaced by a copy, since $REPLY"
  rm -f "$RUN/progress"
  request_replacement "$1"
  ask_session 'SHUTDOWN;' || true
}
