#!/usr/bin/env bash
# What the two kinds of clone attempts share: how they refuse and report, and for whom they copy.
#
# gives:   DONOR_NOT_READY LAST_REPORT
# writes:  $RUN/refusal $RUN/progress
# exits:   never
load engine/current lib/log lib/places lib/text lib/time see/seed see/volume talk/pod-status talk/sql

# The exit status of an attempt whose donor cannot serve now: not there, not ready, or busy with another clone.
readonly DONOR_NOT_READY=75

# refuse_copy STATUS SENTENCE: notes why there is no copy from this donor, and fails with this status, which is the attempt's.
refuse_copy() {
  printf '%s' "${*:2}" > "$RUN/refusal"
  return "$1"
}

# pause_beside PROCESS: waits half a second, and no longer than the process runs.
pause_beside() {
  local _
  for _ in {1..5}; do
    kill -0 "$1" 2> /dev/null || return 0
    sleep 0.1
  done
}

# report_progress COPIED EXPECTED STARTED: bytes, rate and time left, at most every five seconds.
report_progress() {
  local copied=$1 expected=$2 elapsed=$(($(now) - $3)) rate left=unknown progress
  if (($(now) - ${LAST_REPORT:-$3} < 5)); then return 0; fi
  LAST_REPORT=$(now)
  rate=$((copied / (elapsed > 0 ? elapsed : 1)))
  if ((rate > 0 && expected > copied)); then left="$(((expected - copied) / rate)) s"; fi
  progress="copied $(mebibytes "$copied") of about $(mebibytes "$expected"), $(mebibytes "$rate")/s, time left $left"
  log "$progress"
  printf '%s\n' "$progress" > "$RUN/progress"
  report_condition Cloned False Copying "$progress"
}

# require_reseed_position POSITION HOST: the copy from which a cluster goes on has what its donor had when it was chosen.
require_reseed_position() {
  if ! reseeding || position_covers "$1" "$(reseed_value position)" peer_sql "$2" --skip-column-names; then return 0; fi
  refuse_copy 1 "the copy stands at $1 and lacks transactions up to $(reseed_value position)"
}

# require_successor CLUSTER GENERATION POSITION: a copy that takes an instance's place is of its cluster, no older, and has all that the
# instance agreed on with its primary. That may have been set back since it was asked.
require_successor() {
  local agreed
  if ! instance_exists; then return 0; fi
  if [[ $1 != "$(record_value "$INSTANCE" cluster)" ]] || (($2 < $(generation))); then
    refuse_copy 1 "it has cluster $1 in generation $2, and this replica is of $(record_value "$INSTANCE" cluster) in generation $(generation)" \
      || return
  fi
  if (($2 > $(generation))); then return 0; fi
  agreed=$(agreed_position)
  if [[ -z $agreed ]] || position_covers "$3" "$agreed" local_sql; then return 0; fi
  refuse_copy 1 "the copy stands at $3 and lacks transactions of the primary that this replica has, up to $agreed"
}
