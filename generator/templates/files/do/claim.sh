#!/usr/bin/env bash
# Writes on this pod's claim what its volume holds: see/claims.sh.
#
# reads:   FULLNAME
# exits:   never
load lib/log lib/memory lib/pod see/claims see/leader talk/api talk/kube

# annotate_claim CLUSTER_ID GENERATION: says on this pod's claim what its volume holds.
annotate_claim() {
  if ! witnesses_count; then return 0; fi
  kube_api PATCH "$(claim_path "$(ordinal)")" \
    "{\"metadata\":{\"annotations\":{\"mysql-sts/holds-data\":\"$1\",\"mysql-sts/generation\":\"$2\"}}}"
}

# note_term TERM: says on this pod's claim that it led in that term.
note_term() {
  if remembers term "$1"; then return 0; fi
  call_api PATCH "$(claim_path "$(ordinal)")" "{\"metadata\":{\"annotations\":{\"mysql-sts/term\":\"$1\"}}}" || return 1
  remember term "$1"
}

# renew_annotation CLUSTER_ID GENERATION: the claim of data that is there may not say so, as when it was made anew for the volume, or
# when an empty volume was trusted at the first start. The primary has read it with the others. No start depends on this.
renew_annotation() {
  local claim
  if ! witnesses_count; then return 0; fi
  claim=data-$FULLNAME-$(ordinal)
  if { moves || ! is_first_pod; } && ! ask_own_claim; then
    log "claim $claim could not be read (Kubernetes API status $KUBE_STATUS), so nobody knows whether it says what the volume holds"
    return 0
  fi
  if claim_is_annotated "$1" "$2"; then return 0; fi
  if annotate_claim "$1" "$2"; then
    log "claim $claim did not say what the volume holds, and now does"
  else
    log "claim $claim could not be annotated (Kubernetes API status $KUBE_STATUS): until it says what the volume holds," \
      "an empty volume beside it may be taken for a first start"
  fi
}
