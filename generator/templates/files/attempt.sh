#!/usr/bin/env bash
# What the two kinds of clone attempts share: how they refuse and report.

# The exit status of an attempt whose donor cannot serve now: not there, not ready, or busy with another clone.
declare -rx DONOR_NOT_READY=75

# Where the plugin's receiving server lives: empty, thrown away at the end.
declare -rx RECEIVER=$VOLUME/receiver

# refuse STATUS SENTENCE: ends the attempt.
refuse() {
  printf '%s' "${*:2}" > "$RUN/refusal"
  exit "$1"
}

# report_progress COPIED EXPECTED STARTED: bytes, rate and time left, at most every five seconds.
report_progress() {
  local copied=$1 expected=$2 elapsed=$(($(now) - $3)) rate left=unknown
  if (($(now) - ${LAST_REPORT:-$3} < 5)); then return 0; fi
  LAST_REPORT=$(now)
  rate=$((copied / (elapsed > 0 ? elapsed : 1)))
  if ((rate > 0 && expected > copied)); then left="$(((expected - copied) / rate)) s"; fi
  log "copied $(mebibytes "$copied") of about $(mebibytes "$expected"), $(mebibytes "$rate")/s, time left $left"
}
