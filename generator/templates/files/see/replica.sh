#!/usr/bin/env bash
# The facts by which decide/replica.sh, decide/repair.sh and decide/readiness.sh decide, and the texts that their sentences need.
#
# reads:   FULLNAME MAX_LAG MAX_SOURCE_SILENCE RECOVERY_AFTER RECLONES_PER_DAY CLONE_METHOD ON_PURGED_BINLOGS ON_ERRANT_TRANSACTIONS ON_MISSING_TRANSACTIONS ON_STOPPED_REPLICATION $INSTANCE/in-touch $STATE/started $STATE/copy
# exits:   never
load do/replace engine/current lib/facts lib/memory lib/places lib/pod lib/status lib/time see/leader see/member see/passwords see/status see/volume talk/session

# see_replica: what the server says, what lies on the volume, and what is remembered. Nothing of the primary: that is do/ask.sh.
see_replica() {
  see_replication
  see_volume
  see_membership
  see_password
  see_earlier_passes
  see_reached
}

# see_membership: what only a replica that may lead has to care for.
see_membership() {
  learn promise free member yes
  if ! moves; then return 0; fi
  if ! may_receive || { [[ -z $LEADER ]] && is_first_pod; }; then learn promise bound; fi
  if ! is_member; then learn member no; fi
}

see_password() {
  learn password fits
  if has_password replication && ! replication_password_fits; then learn password long; fi
}

# see_replica_for_readiness: the same without a question to the server.
see_replica_for_readiness() {
  see_replication
  see_volume
  see_earlier_passes
}

see_replication() {
  learn configured no sql no sql_error some
  see_leader
  if status_is "$COLUMN_SOURCE_HOST" "$FULLNAME-${LEADER:-0}.$FULLNAME"; then learn configured yes; fi
  receiver_state
  learn io "$REPLY"
  receiver_error
  learn io_error "$REPLY"
  if status_is "$COLUMN_SQL_RUNNING" Yes; then learn sql yes; fi
  if status_is "$COLUMN_SQL_ERROR" ''; then learn sql_error none; fi
  learn_text io_error "${STATUS[$COLUMN_IO_ERROR]-}" sql_error "${STATUS[$COLUMN_SQL_ERROR]-}"
  see_lag
}

see_lag() {
  learn_text lag "${STATUS[$COLUMN_LAG]-}"
  measure_seconds "$MAX_LAG"
  if [[ ! ${TEXT[lag]} =~ ^[0-9]+$ ]]; then
    learn lag unknown
  elif ((TEXT[lag] > SECONDS_OF)); then
    learn lag large
  else
    learn lag small
  fi
}

see_volume() {
  local lost=
  read_record "$INSTANCE"
  learn copy settled mark none
  if [[ -n ${RECORD[position]-} ]]; then learn copy unsettled; fi
  if [[ -f $AHEAD ]]; then
    learn mark ahead
    { read -r _ && read -r lost; } < "$AHEAD" || true
    learn_text lost "$lost"
  fi
}

# see_earlier_passes: what this pass itself has done counts before what is remembered.
see_earlier_passes() {
  learn following "${DONE[following]-${MEMORY[following]-no}}" restarted "${DONE[restarted]-no}" reached "${MEMORY[reached]-no}"
  learn source_away "${MEMORY[source_away]-no}" held "${MEMORY[held]-none}" refusal none reconnect due
  if [[ -n ${MEMORY[refusal]-} ]]; then
    learn refusal some
    learn_text refusal "${MEMORY[refusal]}"
  fi
  measure_memory reconnected
  if ((AGE < 30)); then learn reconnect done; fi
  if [[ -n ${DONE[asked]-} ]]; then return; fi
  learn source unknown cluster unknown generation unknown history unknown proof no living yes fresh no
  see_missed
  measure_memory asked
  # Twice this time, and a pass, is what it takes to notice data that no log brings: less than a minute.
  if ((AGE < 25)); then learn asked recently; else learn asked long_ago; fi
}

# see_missed: whether the replica lacked what the primary had, when that was judged last.
see_missed() {
  learn missing no
  if [[ -z ${MEMORY[missed]-} ]]; then return 0; fi
  learn missing yes
  learn_text missing "${MEMORY[missed]}"
}

# see_reached: until the replica has what the primary had when replication was started. Only then is its own position asked for.
see_reached() {
  if [[ ${FACT[reached]} == yes || ${FACT[io]} != yes || -z ${MEMORY[following]-} ]]; then return 0; fi
  if position_covers "$(position_sql | session_rows)" "${MEMORY[reach]-}" session_rows; then
    learn reached yes
    remember reached yes
  fi
}

# see_touch: how long the replica has been out of touch with the primary, for readiness. The time counts from the start of this server, or
# from the last touch after it.
see_touch() {
  local silence started
  measure_age "$INSTANCE/in-touch"
  silence=$AGE
  measure_age "$STATE/started"
  started=$AGE
  learn touched no silence short
  if ((silence <= started)); then learn touched yes; else silence=$started; fi
  measure_seconds "$MAX_SOURCE_SILENCE"
  if ((silence > SECONDS_OF)); then learn silence long; fi
}

# repair_policy STATE: leaves in REPLY what the values ask for: report, reclone or start.
repair_policy() {
  case $1 in
    PurgedBinlogs) REPLY=$ON_PURGED_BINLOGS ;;
    MissingTransactions) REPLY=$ON_MISSING_TRANSACTIONS ;;
    ErrantTransactions) REPLY=$ON_ERRANT_TRANSACTIONS ;;
    StoppedByHand) REPLY=$ON_STOPPED_REPLICATION ;;
    *) REPLY=report ;;
  esac
}

# see_copy: none, running, done or failed: the copy that run/copy.sh makes.
see_copy() {
  local word='' detail=''
  read -r word detail 2> /dev/null < "$STATE/copy" || true
  learn job "${word:-none}"
  learn_text job "$detail"
  if [[ $word == running ]] && ! kill -0 "$detail" 2> /dev/null; then
    read -r word detail < "$STATE/copy" || true
    learn job "$word"
    learn_text job "$detail"
    if [[ $word == running ]]; then
      learn job failed
      learn_text job 'the process that made the copy was ended'
    fi
  fi
}

# was_deposed STATE: what a pod wrote that led, and that its successor lacks, was acknowledged to no client.
was_deposed() { moves && was_primary && [[ $1 == ErrantTransactions ]]; }

# see_repair STATE: whether the time has come to mend a state that does not pass by itself.
see_repair() {
  learn state "$1" lasted no budget left method stream
  repair_policy "$1"
  learn policy "$REPLY"
  if [[ $CLONE_METHOD == plugin ]]; then learn method plugin; fi
  measure_seconds "$RECOVERY_AFTER"
  measure_memory held_since
  if remembers held "$1" && ((AGE >= SECONDS_OF)); then learn lasted yes; fi
  if (($(replacements_today) >= RECLONES_PER_DAY)); then learn budget used; fi
  if was_deposed "$1"; then learn policy reclone lasted yes budget left; fi
  see_copy
}
