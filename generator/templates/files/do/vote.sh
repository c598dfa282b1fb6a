#!/usr/bin/env bash
# A replica's part in an election. It stops receiving before it reads its position, so that it acknowledges nothing that its vote does not name.
#
# exits:   never
load engine/current lib/log lib/pod see/claims see/election see/lease see/server talk/api talk/kube talk/session

# vote: promises to receive nothing until the Lease changes, and says on this pod's claim what the pod has.
vote() {
  local position
  if ! ask_session "$SQL_STOP_REPLICA IO_THREAD;" || ! look_at_server; then return 1; fi
  position=$(position_sql | session_rows) || return 1
  position+=,$(received_position)
  position=${position%,}
  if ! api PATCH "$(claim_path "$(ordinal)")" \
    "{\"metadata\":{\"annotations\":{\"mysql-sts/vote\":\"$VERSION\",\"mysql-sts/vote-position\":\"$position\"}}}"; then
    log "the vote could not be written on this pod's claim (Kubernetes API status $KUBE_STATUS)"
    return 1
  fi
  has_voted "$position"
  log "voted for version $VERSION of the Lease with position ${position:-none}"
}

# apply_all: what was received and not yet applied.
apply_all() { ask_session "$SQL_START_REPLICA SQL_THREAD;" || true; }
