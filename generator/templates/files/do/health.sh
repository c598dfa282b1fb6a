#!/usr/bin/env bash
# What the agent says of replication, for three readers: its log, the readiness probe, and the pod's condition
# mysql-sts/Replicating; and what the values let it do about it.
#
# reads:   CLONE_METHOD ON_ERRANT_TRANSACTIONS ON_PURGED_BINLOGS ON_STOPPED_REPLICATION RECLONES_PER_DAY RECOVERY_AFTER
#          $STATE/said $STATE/not-ready $STATE/degraded
# writes:  $STATE/said $STATE/not-ready $STATE/degraded $STATE/asked $RUN/progress
# exits:   never
load do/donors do/instance do/replace engine/current lib/log lib/places lib/time see/source talk/kube talk/sql

# note_state STATUS STATE SENTENCE: says what is new.
note_state() {
  if [[ -f $STATE/said && $(< "$STATE/said") == "$*" ]]; then return 0; fi
  printf '%s\n' "$*" > "$STATE/said"
  log "$2: $3"
  report_condition Replicating "$1" "$2" "$3"
}

healthy() {
  if [[ -f $STATE/not-ready || -f $STATE/degraded ]]; then rm -f "$STATE/not-ready" "$STATE/degraded"; fi
  note_state "$@"
}

# waiting SENTENCE: ends the pass; the next one comes soon.
waiting() {
  note_state False Waiting "$*"
  exit 1
}

# is_degraded STATE: whether the last news of this replica's health was this.
is_degraded() { [[ -f $STATE/degraded && $(< "$STATE/degraded") == "$1 "* ]]; }

# degraded STATE SENTENCE...: a state that does not pass by itself. The pod is not ready at once; ends the pass. What the
# primary said counts no longer, so the next pass asks again and does not take the replica for healthy.
degraded() {
  local sentence=${*:2}
  rm -f "$STATE/asked"
  printf '%s: %s\n' "$1" "$sentence" > "$STATE/not-ready"
  note_state False "$1" "$sentence. $(outlook "$1")"
  repair "$1"
  exit 1
}

# outlook STATE: prints what will happen by itself, and how often it did.
outlook() {
  case $(repair_of "$1") in
    reclone)
      printf 'After %s it is cloned anew (%s of %s times in the last day)' \
        "$RECOVERY_AFTER" "$(replacements_today)" "$RECLONES_PER_DAY"
      ;;
    start) printf 'After %s it is started again' "$RECOVERY_AFTER" ;;
    *) printf 'Nothing is done by itself: see the values under recovery' ;;
  esac
}

# repair_of STATE: prints what the values ask for: report, reclone or start.
repair_of() {
  case $1 in
    PurgedBinlogs) printf '%s\n' "$ON_PURGED_BINLOGS" ;;
    ErrantTransactions) printf '%s\n' "$ON_ERRANT_TRANSACTIONS" ;;
    StoppedByHand) printf '%s\n' "$ON_STOPPED_REPLICATION" ;;
    *) printf 'report\n' ;;
  esac
}

# repair STATE: what the values ask for, once the state has lasted long enough.
repair() {
  local known since
  if ! read -r known since 2> /dev/null < "$STATE/degraded" || [[ $known != "$1" ]]; then
    since=$(now)
    printf '%s %s\n' "$1" "$since" > "$STATE/degraded"
  fi
  if (($(now) - since < $(seconds "$RECOVERY_AFTER"))); then return 0; fi
  case $(repair_of "$1") in
    reclone) reclone "$1" ;;
    start) printf '%s;\n' "$SQL_START_REPLICA" | local_sql ;;
    *) ;;
  esac
}

# reclone STATE: replaces this replica's data by a copy of a donor's. Its own stays until the copy is proven; a primary that
# is not the good copy that it seems to be must answer first. The pause before a next try is the one before the first.
reclone() {
  if (($(replacements_today) >= RECLONES_PER_DAY)); then return 0; fi
  rm -f "$STATE/degraded"
  ask_source || return 0
  if [[ $1 == ErrantTransactions ]]; then require_right_primary; else require_common_history; fi
  if [[ $CLONE_METHOD != plugin ]] && ! try_donors; then
    log "no copy could be made. $REFUSALS"
    discard "$STAGING"
    return 0
  fi
  log "cloning this replica anew, since $1 has lasted $RECOVERY_AFTER"
  report_condition Replicating False Recloning "the data is replaced by a copy, since $1 had lasted $RECOVERY_AFTER"
  rm -f "$RUN/progress"
  request_replacement "$1"
  printf 'SHUTDOWN;\n' | local_sql
}
