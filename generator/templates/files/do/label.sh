#!/usr/bin/env bash
# The labels by which services find this pod, and what the record and the claim say of its data.
#
# reads:   MAX_SOURCE_SILENCE POD_NAME $INSTANCE/in-touch
# exits:   never
load do/claim do/instance engine/current lib/log lib/memory lib/places lib/status lib/time see/leader see/volume talk/kube talk/pod-status talk/sql

# role: leaves in REPLY the label by which services find this pod. A replica that has not been in touch with the primary, or not for too
# long, gets no readers even while Kubernetes takes it for ready so that an upgrade can go on.
role() {
  REPLY=primary
  if leads && lease_is_held; then return; fi
  REPLY=detached
  if remembers deaf yes; then return; fi
  measure_age "$INSTANCE/in-touch"
  measure_seconds "$MAX_SOURCE_SILENCE"
  if ((AGE <= SECONDS_OF)); then REPLY=replica; fi
}

# keep_label: when the role changes, and again after a while. A label that cannot be set now holds nothing else up.
keep_label() {
  local again=300
  # The primary may have taken it off (do/readers.sh).
  if moves; then again=30; fi
  role
  measure_memory labelled
  if remembers role "$REPLY" && ((AGE < again)); then return 0; fi
  if [[ $REPLY == primary ]] && moves; then unlabel_previous; fi
  if label_role "$REPLY"; then
    if ! remembers role "$REPLY"; then log "this pod carries the role $REPLY"; fi
    remember role "$REPLY"
    remember_time labelled
  elif ! remembers role unlabelled; then
    remember role unlabelled
    log "the pod could not be labelled $REPLY (Kubernetes API status $KUBE_STATUS): services do not find it by its role"
  fi
}

# unlabel_previous: the pod that led before may be unable to do it itself, and the service of the primary would lead to both.
unlabel_previous() {
  if [[ ${LEASE[previous]:-$POD_NAME} == "$POD_NAME" ]]; then return 0; fi
  label_pod "${LEASE[previous]}" detached || true
  REPLY=primary
}

# keep_record: the record and the claim say what the data has become by an upgrade or a new generation.
keep_record() {
  local generation=${STATUS[generation]-}
  read_record "$INSTANCE"
  if [[ -z $generation || (${RECORD[engine]-} == "$ENGINE_NAME" && ${RECORD[generation]-} == "$generation") ]]; then return 0; fi
  annotate_claim "${RECORD[cluster]}" "$generation" || return 1
  write_record "$INSTANCE" "${RECORD[cluster]}" "$generation" "$(server_version)" || return 1
  log "the data belongs to $ENGINE_NAME, generation $generation"
}
