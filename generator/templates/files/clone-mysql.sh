#!/usr/bin/env bash
# Brings a replica's instance into being from a peer. An attempt (clone-plugin.sh, clone-stream.sh) stages and proves
# one copy; whatever goes wrong with it is wiped and tried again from the next donor, until the deadline.
set -Eeuo pipefail
# shellcheck source=environment.sh
. "${BASH_SOURCE[0]%/*}/environment.sh"
# shellcheck source=attempt.sh
. "${BASH_SOURCE[0]%/*}/attempt.sh"

# donors: the pod before this one, any replica that is Ready, the primary; each once.
donors() {
  local before
  before=$(pod_host "$(($(ordinal) - 1))")
  printf '%s\n' "$before" "$FULLNAME-read"
  if [[ $before != "$(pod_host 0)" ]]; then pod_host 0; fi
}

# attempt DONOR: succeeds with a complete staging folder, or leaves the reason in REFUSAL and the kind of it as status.
attempt() {
  local status=0 script=clone-stream.sh
  if [[ $CLONE_METHOD == plugin ]]; then script=clone-plugin.sh; fi
  rm -f "$RUN/refusal"
  bash "${BASH_SOURCE[0]%/*}/$script" "$1" || status=$?
  REFUSAL="$1: $(cat "$RUN/refusal" 2> /dev/null || printf 'the copy failed, see this log')"
  return "$status"
}

# try_donors: one round; succeeds when a copy is complete. Leaves every donor's answer in REFUSALS.
try_donors() {
  local donor status worst=$DONOR_NOT_READY
  REFUSALS=
  while IFS= read -r donor; do
    status=0
    attempt "$donor" || status=$?
    if ((status == 0)); then return 0; fi
    if ((status != DONOR_NOT_READY)); then worst=$status; fi
    REFUSALS+="${REFUSALS:+; }$REFUSAL"
  done < <(donors)
  return "$worst"
}

# clone_before TIME: a donor that is not ready yet is asked again soon; after a failed copy the pauses grow.
clone_before() {
  local status pause=1 said=
  while true; do
    status=0
    try_donors || status=$?
    if ((status == 0)); then return 0; fi
    if [[ $REFUSALS != "$said" ]]; then log "no clone yet. $REFUSALS"; fi
    said=$REFUSALS
    if (($(now) >= $1)); then
      die "No clone could be made within $CLONE_DEADLINE (value clone.deadline). $REFUSALS." \
        "Nothing half-made was kept, and the next start of this container tries again."
    fi
    sleep "$pause"
    if ((status != DONOR_NOT_READY)); then pause=$((pause * 2 > 30 ? 30 : pause * 2)); else pause=1; fi
  done
}

main() {
  if instance_exists || is_first_pod; then return 0; fi
  if ! staging_is_complete; then
    if [[ $CLONE_METHOD == plugin ]]; then bash "${BASH_SOURCE[0]%/*}/make-receiver.sh"; fi
    clone_before "$(($(now) + $(seconds "$CLONE_DEADLINE")))"
  fi
  rm -rf "$RECEIVER"
  publish_instance
}

interruptible main
