#!/usr/bin/env bash
# One pass of the agent: observe, decide, tell, act, until nothing is left to do now. A pass ends within seconds whatever happens.
#
# reads:   $STATE/started $RUN/progress
# gives:   MOST_STEPS
# writes:  $RUN/heartbeat $STATE/pass
# exits:   never
load decide/primary decide/replica decide/row do/act do/certificates do/label do/lead do/readers do/replace do/tell lib/facts lib/log lib/memory lib/places lib/time see/leader see/replica see/server talk/pod-status talk/session

# A pass that changes the facts more often than this goes on in the next one.
readonly MOST_STEPS=12

# pass: succeeds when nothing is left to do, so that the next one may take its time.
pass() {
  local status=0
  begin_facts
  heartbeat
  recall
  if ! server_answers; then
    report_replacement
    return 1
  fi
  keep_label
  keep_certificates
  if leads; then pass_of_primary || status=1; else pass_of_replica || status=1; fi
  if moves; then keep_touch || status=1; fi
  keep_label
  if ((status == 0)); then keep_record || status=1; fi
  keep_memory
  return "$status"
}

heartbeat() {
  read_uptime
  printf '%s\n' "$UPTIME" > "$RUN/heartbeat"
}

# server_answers: that it does not listen yet, or has no account for the agent yet, is nothing to say.
server_answers() {
  if [[ ! -f $STATE/started ]]; then return 1; fi
  if look_at_server; then
    log_once look
    return 0
  fi
  if [[ ! $SESSION_ERROR =~ ^ERROR\ (1045|2[0-9]{3})\  ]]; then log_once look "$SESSION_ERROR"; fi
  return 1
}

pass_of_replica() {
  local steps
  for ((steps = 0; steps < MOST_STEPS; steps++)); do
    see_replica
    decide_replica
    note_pass
    tell "$REASON"
    act || return 1
    if [[ $AGAIN == yes ]]; then
      look_at_server || return 1
      continue
    fi
    [[ $REASON == Replicating || $REASON == OutOfTouch ]]
    return
  done
  return 1
}

pass_of_primary() {
  local steps
  for ((steps = 0; steps < MOST_STEPS; steps++)); do
    see_primary
    decide_leader
    note_pass
    lead || return 1
    if [[ $AGAIN == no ]]; then return 0; fi
    look_at_server || return 1
  done
  return 1
}

# keep_touch: with the other pods of a primary that moves.
keep_touch() { if ! leads; then keep_hearing; elif lease_is_held; then keep_readers; fi; }

# note_pass: what why.sh prints.
note_pass() {
  local key
  {
    printf 'row=%s\nstate=%s\ndecision=%s\nuptime=%s\n' "$ROW" "$REASON" "$DECISION" "$UPTIME"
    for key in "${!FACT[@]}"; do printf 'fact %s=%s\n' "$key" "${FACT[$key]}"; done
    for key in "${!TEXT[@]}"; do if [[ -n ${TEXT[$key]} ]]; then printf 'text %s=%s\n' "$key" "${TEXT[$key]//$'\n'/ }"; fi; done
  } 2> /dev/null > "$STATE/pass" || true
}

# report_replacement: while the data is replaced there is no server, but its progress can be said.
report_replacement() {
  local progress=''
  read -r progress 2> /dev/null < "$RUN/progress" || true
  if replacement_is_requested && [[ -n $progress ]]; then report_condition Replicating False Recloning "$progress"; fi
}
