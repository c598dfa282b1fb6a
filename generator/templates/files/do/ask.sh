#!/usr/bin/env bash
# Asks the primary, and turns its answer into facts. What was learned counts for this pass; what the next one needs is remembered.
#
# exits:   never
load decide/row engine/current lib/facts lib/memory lib/places lib/status lib/time see/replica see/source see/volume talk/session

# ask_primary: leaves FACT[source], cluster, generation, history, proof, living and fresh.
ask_primary() {
  local read_to=${MEMORY[asked_read]-} wanted=${MEMORY[asked_position]-} known=${MEMORY[asked]-}
  did asked now
  learn asked now
  learn cluster unknown generation unknown history unknown proof no living yes fresh no
  see_missed
  if ! ask_source; then
    learn source silent
    learn_text source_error "${SOURCE[error]}"
    if [[ ${SOURCE[error]} == *'ERROR 1045'* ]]; then learn source refuses; fi
    return
  fi
  learn source answers
  judge_identity
  judge_history
  # A replica that is about to follow has a position to reach; one that follows already has nothing yet.
  if [[ -z $known && $ROW == touch-asks ]]; then learn fresh yes; fi
  if [[ -n $known ]]; then judge_connection "$read_to" "$wanted"; fi
  judge_completeness "$wanted"
  remember_time asked
  remember asked_read "${STATUS[$COLUMN_READ_POSITION]-}"
  remember asked_position "${SOURCE[position]-}"
}

judge_identity() {
  read_record "$INSTANCE"
  learn_text own_cluster "${RECORD[cluster]-}" own_generation "${RECORD[generation]-1}"
  learn_text source_cluster "${SOURCE[cluster]}" source_generation "${SOURCE[generation]}"
  learn cluster same generation same
  if [[ ${SOURCE[cluster]} != "$(printf 'SELECT id FROM mysql_sts.cluster;\n' | session_rows)" ]]; then learn cluster other; fi
  if ((SOURCE[generation] < ${RECORD[generation]-1})); then
    learn generation older
  elif ((SOURCE[generation] > ${RECORD[generation]-1})); then
    learn generation newer
  fi
}

# judge_history: a primary sends a transaction to its replicas before it adds it to its own gtid_executed; on a slow disk the gap may be
# seconds. What it wrote itself and still lacks after that time it will hardly count any more.
judge_history() {
  learn history common proof no
  learn_text errant "${SOURCE[errant]}" lost "${SOURCE[lost]}"
  if [[ -n ${SOURCE[lost]} ]] && ! has_kept_all; then
    learn history lost
    if remembers lost_once yes || lacks_what_it_said; then learn proof yes; fi
    return
  fi
  if [[ -z ${SOURCE[lost]} ]]; then
    forget uncounted uncounted_since
  elif ! remembers uncounted "${SOURCE[lost]}"; then
    remember uncounted "${SOURCE[lost]}"
    remember_time uncounted_since
  fi
  measure_memory uncounted_since
  if [[ ${SOURCE[errant]} != "${SOURCE[lost]}" ]] || { [[ -n ${SOURCE[lost]} ]] && ((AGE >= 20)); }; then learn history errant; fi
}

# judge_connection READ_BEFORE POSITION_BEFORE: when pod 0 is replaced during a network cut, the replica's connection still goes to the old
# pod. It brings nothing of what the new primary had when it was asked the last time.
judge_connection() {
  if [[ $2 == "${OWN[position]}" ]] || ! status_is "$COLUMN_READ_POSITION" "$1"; then return 0; fi
  if position_covers "${OWN[position]},$(received_position)" "$2" session_rows; then return 0; fi
  learn living no
}

# judge_completeness POSITION_BEFORE: what the primary had when it was asked the last time has arrived before anything newer, unless it came
# to the primary without its binary log: by a dump that sets gtid_purged, for one. No log will bring that, so the state lasts until the
# replica has it after all, or the primary no longer does.
judge_completeness() {
  local received wanted=${MEMORY[missed]-$1}
  if [[ -z $wanted ]]; then return 0; fi
  received="${OWN[position]},$(received_position)"
  if position_covers "$received" "$wanted" session_rows || ! position_covers "${SOURCE[position]-}" "$wanted" session_rows; then
    forget missed
  elif ! position_covers "$wanted" "$received" session_rows; then
    remember missed "$wanted"
  fi
  see_missed
}
