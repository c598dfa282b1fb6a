#!/usr/bin/env bash
# One pass of the agent: compares what is with what should be and acts only on a difference. Ends with 0 when nothing
# is left to do, so that the next pass may take its time.
#
# reads:   MAX_SOURCE_SILENCE $STATE/started $RUN/progress $INSTANCE/in-touch $STATE/role
# writes:  $RUN/look.log $STATE/role
# exits:   0 when nothing is left to do; else 1
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/certificates do/claim do/instance do/primary do/replace do/replica engine/current lib/log lib/places lib/pod lib/time see/replication see/volume talk/kube talk/sql

# server_answers: that it does not listen yet, or has no account for the agent yet, is nothing to tell.
server_answers() {
  if [[ ! -f $STATE/started ]]; then return 1; fi
  if look_at_server 2> "$RUN/look.log"; then return 0; fi
  grep --invert-match --extended-regexp 'ERROR (1045|2[0-9]{3}) ' "$RUN/look.log" >&2 || true
  return 1
}

# report_replacement: while the instance is replaced there is no server, but its progress can be told.
report_replacement() {
  local progress
  if replacement_is_requested && progress=$(cat "$RUN/progress" 2> /dev/null); then
    report_condition Replicating False Recloning "$progress"
  fi
}

# role: prints the label by which services find this pod. A replica that has not been in touch with the primary, or not for
# too long, gets none of their readers even while Kubernetes takes it for ready so that an upgrade can go on.
role() {
  if is_first_pod; then
    printf 'primary\n'
  elif (($(age_of "$INSTANCE/in-touch") <= $(seconds "$MAX_SOURCE_SILENCE"))); then
    printf 'replica\n'
  else
    printf 'detached\n'
  fi
}

# keep_label: when the role changes, and again every five minutes. A label that cannot be set now holds nothing else up.
keep_label() {
  local role known='' time=0
  role=$(role)
  if [[ -s $STATE/role ]]; then read -r known time < "$STATE/role"; fi
  if [[ $known == "$role" ]] && (($(now) - time < 300)); then return 0; fi
  if label_role "$role"; then
    printf '%s %s\n' "$role" "$(now)" > "$STATE/role"
    if [[ $known != "$role" ]]; then log "this pod carries the role $role"; fi
  elif [[ $known != unlabelled ]]; then
    printf 'unlabelled 0\n' > "$STATE/role"
    log "the pod could not be labelled $role (Kubernetes API status $KUBE_STATUS): services do not find it by its role"
  fi
}

# keep_record: the record and the claim say what the data has become by an upgrade or a new generation.
keep_record() {
  local generation
  generation=$(status generation)
  if [[ $(record_value "$INSTANCE" engine) == "$ENGINE_NAME" && $(generation) == "$generation" ]]; then return 0; fi
  testify "$(record_value "$INSTANCE" cluster)" "$generation"
  write_record "$INSTANCE" "$(record_value "$INSTANCE" cluster)" "$generation" "$(server_version)"
  log "the data belongs to $ENGINE_NAME, generation $generation"
}

main() {
  # A server that has just been started answers soon, and the first readiness probe shall find the agent's work done.
  if ! wait_until 2 server_answers; then
    report_replacement
    exit 1
  fi
  keep_label
  keep_certificates
  if is_first_pod; then keep_primary; else keep_replica; fi
  keep_label
  keep_record
}

main
