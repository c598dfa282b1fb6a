#!/usr/bin/env bash
# Looks for a donor: an attempt (run/clone-plugin.sh, run/clone-stream.sh) stages and proves one copy; whatever goes wrong with
# it is wiped by the next one.
#
# reads:   CLONE_METHOD FULLNAME
# gives:   REFUSAL REFUSALS
# writes:  $RUN/refusal
# exits:   never
load do/attempt lib/places lib/pod see/leader see/seed

# donors: the pod before this one, any replica that is Ready, the primary; each once. A cluster that goes on from a
# replica has a single donor.
donors() {
  local before
  if reseeding; then
    reseed_value donor
  else
    before=
    if ! is_first_pod; then before=$(pod_host "$(($(ordinal) - 1))"); fi
    printf '%s' "${before:+$before$'\n'}"
    printf '%s\n' "$FULLNAME-read"
    if [[ $before != "$(primary_host)" ]]; then primary_host; fi
  fi
}

# attempt DONOR: succeeds with a complete staging folder, or leaves the reason in REFUSAL and the kind of it as status.
attempt() {
  local status=0 program=run/clone-stream
  if [[ $CLONE_METHOD == plugin ]]; then program=run/clone-plugin; fi
  rm -f "$RUN/refusal"
  bash "$SCRIPTS/$program.sh" "$1" || status=$?
  REFUSAL="$1: $(cat "$RUN/refusal" 2> /dev/null || printf 'the copy failed, see this log')"
  return "$status"
}

# try_donors: one round over the donors of this pod.
try_donors() {
  local all
  mapfile -t all < <(donors)
  try_each ${all[@]+"${all[@]}"}
}

# try_each DONOR...: one round; succeeds when a copy is complete. Leaves every donor's answer in REFUSALS.
try_each() {
  local donor status worst=$DONOR_NOT_READY
  REFUSALS=
  for donor in "$@"; do
    status=0
    attempt "$donor" || status=$?
    if ((status == 0)); then return 0; fi
    if ((status != DONOR_NOT_READY)); then worst=$status; fi
    REFUSALS+="${REFUSALS:+; }$REFUSAL"
  done
  return "$worst"
}
