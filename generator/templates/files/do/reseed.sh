#!/usr/bin/env bash
# A primary that has lost its volume goes on from the most advanced replica. Every replica that holds data must answer
# first, and must have applied what it had received: whoever is not asked could know more.
#
# reads:   CLONE_DEADLINE FULLNAME
# gives:   OPEN_QUESTIONS POSITIONS ANSWER HISTORIES STOPPED
# writes:  $RUN/reseed
# exits:   never
load engine/current lib/files lib/log lib/pod lib/status lib/time see/claims see/seed see/status talk/pod-status talk/sql

# reseed_plan: waits for an answer of all replicas in HOLDERS, chooses the donor and writes down what its copy must have.
reseed_plan() {
  local deadline said=
  require_one_cluster
  require_other_holder
  deadline=$(($(now) + $(seconds "$CLONE_DEADLINE")))
  log "the primary's volume is empty and the release holds data: going on from a replica (recovery.primaryVolumeLost: reseed)"
  until replicas_have_settled; do
    if [[ $OPEN_QUESTIONS != "$said" ]]; then
      log "not yet: $OPEN_QUESTIONS"
      report_condition Cloned False WaitingForReplicas "$OPEN_QUESTIONS"
    fi
    said=$OPEN_QUESTIONS
    if (($(now) >= deadline)); then
      refuse "The primary has lost its volume and cannot go on from a replica yet: $OPEN_QUESTIONS." \
        "Bring these pods back; or delete the claims of those that are gone for good, and what only they held is lost." || return
    fi
    sleep 1
  done
  choose_donor
}

# require_one_cluster: a replica that holds another cluster's data must not be gone on from, and only a person knows which is the
# other one.
require_one_cluster() {
  local number cluster first='' held='' differs=no
  while read -r number cluster _; do
    first=${first:-$cluster}
    if [[ $cluster != "$first" ]]; then differs=yes; fi
    held+="${held:+, }data-$FULLNAME-$number holds $cluster"
  done <<< "${HOLDERS%$'\n'}"
  if [[ $differs == no ]]; then return 0; fi
  refuse "The primary has lost its volume, and the claims hold data of different clusters: $held." \
    "Nothing is copied, so that two histories cannot mix." \
    "Decide whose data counts, and delete the claims and pods of the others."
}

# require_other_holder: this pod's own claim may be annotated, and its volume is empty.
require_other_holder() {
  local number
  while read -r number _; do
    if [[ $number != "$(ordinal)" ]]; then return 0; fi
  done <<< "${HOLDERS%$'\n'}"
  refuse "The primary's volume has lost its data, its claim says that it held some, and no replica holds any." \
    "To start over on purpose, delete all claims of the release first."
}

# replicas_have_settled: asks every holder; succeeds when all answered, have nothing left to apply, and stand where they
# stood when they were asked the last time. Leaves "ordinal position" lines in POSITIONS, those that apply first, and
# "ordinal history" lines in HISTORIES, or the reason in OPEN_QUESTIONS.
replicas_have_settled() {
  local number before=${POSITIONS-} STOPPED=''
  POSITIONS='' HISTORIES='' OPEN_QUESTIONS=''
  while read -r number _; do
    if [[ $number == "$(ordinal)" ]]; then continue; fi
    ask_replica "$number" || OPEN_QUESTIONS+="${OPEN_QUESTIONS:+; }$(pod_host "$number"): $ANSWER"
  done <<< "${HOLDERS%$'\n'}"
  POSITIONS+=$STOPPED
  if [[ -z $OPEN_QUESTIONS && $POSITIONS != "$before" ]]; then OPEN_QUESTIONS="the replicas still apply what they received"; fi
  [[ -z $OPEN_QUESTIONS ]]
}

# ask_replica ORDINAL: adds its lines to POSITIONS, or STOPPED, and HISTORIES, or leaves the reason in ANSWER. A replica that
# stopped applying counts with what it has. When a server has read all that it received, its workers may still be at it.
ask_replica() {
  local host position history
  host=$(pod_host "$1")
  ANSWER=$({ position_sql && history_sql; } | peer_sql "$host" --skip-column-names 2>&1) || return 1
  { read -r position && read -r history; } <<< "$ANSWER" || history=
  HISTORIES+="$1 $history"$'\n'
  ANSWER=$(printf '%s;\n' "$SQL_SHOW_REPLICA_STATUS" | peer_sql "$host" --vertical 2>&1) || return 1
  read_status_text "$ANSWER"
  if ! status_is "$COLUMN_SQL_RUNNING" Yes; then
    STOPPED+="$1 $position"$'\n'
  elif [[ $(status "$COLUMN_SQL_STATE") == *"has read all relay log"* ]] \
    && position_covers "$position" "$(received_position)" peer_sql "$host" --skip-column-names; then
    POSITIONS+="$1 $position"$'\n'
  else
    ANSWER="still applies what it received"
    return 1
  fi
}

# choose_donor: the replica that has everything that any other has. Only its history tells: a replica that somebody wrote to
# may be ahead in numbers and lack the rows of the others.
choose_donor() {
  local number position
  while read -r number position; do
    if covers_all "$number"; then
      printf '%s\n' "donor=$(pod_host "$number")" "position=$position" "generation=$(($(newest_generation) + 1))" \
        | write_private "$RESEED"
      log "going on from $(pod_host "$number") at ${position:-an empty position} as generation $(reseed_value generation)"
      return 0
    fi
  done <<< "${POSITIONS%$'\n'}"
  refuse "The primary has lost its volume, and no replica holds everything that the others hold: ${HISTORIES//$'\n'/; }" \
    "Decide whose data counts, and delete the claims and pods of the other replicas."
}

# covers_all ORDINAL
covers_all() {
  local number history own other
  while read -r number history; do
    if [[ $number == "$1" ]]; then own=$history; fi
  done <<< "${HISTORIES%$'\n'}"
  while read -r _ other; do
    history_covers "$own" "$other" peer_sql "$(pod_host "$1")" --skip-column-names || return 1
  done <<< "${HISTORIES%$'\n'}"
}
