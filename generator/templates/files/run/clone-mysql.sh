#!/usr/bin/env bash
# Brings a replica's instance into being from a peer, and that of a primary which goes on from a replica (reseed.sh).
# Goes on asking donors until a copy is complete or the deadline has passed.
#
# reads:   CLONE_DEADLINE CLONE_METHOD
# exits:   0 when there is an instance, or none is its work; 143 when it is stopped; else 1
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/attempt do/donors do/instance engine/current lib/log lib/places lib/pod lib/time see/leader see/seed see/versions see/volume talk/pod-status talk/stream

# clone_before TIME: a donor that is not ready yet is asked again soon, but not so often that those who wait take the processor from
# those who copy; after a failed copy the pauses grow.
clone_before() {
  local status pause=2 said=
  while true; do
    status=0
    try_donors || status=$?
    if ((status == 0)); then return 0; fi
    if [[ $REFUSALS != "$said" ]]; then
      log "no clone yet. $REFUSALS"
      report_condition Cloned False NoDonor "no clone yet. $REFUSALS"
    fi
    said=$REFUSALS
    if (($(now) >= $1)); then give_up; fi
    sleep "$pause"
    if ((status != DONOR_NOT_READY)); then pause=$((pause * 2 > 30 ? 30 : pause * 2)); else pause=2; fi
  done
}

give_up() {
  discard "$STAGING" "$RECEIVER"
  report_condition Cloned False DeadlineExceeded "no clone within $CLONE_DEADLINE. $REFUSALS"
  refuse "No clone could be made within $CLONE_DEADLINE (value clone.deadline). $REFUSALS." \
    "Nothing half-made was kept, and the next start of this container tries again."
}

# require_tool: on every pod, since each may be asked for a clone.
require_tool() {
  if [[ $CLONE_METHOD == plugin ]]; then
    require_tool_version "$ENGINE_SERVER"
  else
    require_tool_version "$BACKUP_TOOL"
  fi
}

main() {
  require_tool
  if instance_exists; then return 0; fi
  if ! moves && is_first_pod && ! reseeding; then return 0; fi
  if ! staging_is_complete; then
    if [[ $CLONE_METHOD == plugin ]]; then bash "$SCRIPTS/run/make-receiver.sh"; fi
    clone_before "$(($(now) + $(seconds "$CLONE_DEADLINE")))"
  fi
  rm -rf "$RECEIVER"
  publish_instance "$STAGING"
  report_condition Cloned True Complete "the copy is proven and in its place"
}

# As process 1 bash would wait for its current command before it ends. When it ends, the kernel ends the others.
trap 'exit 143' TERM
main &
wait "$!"
