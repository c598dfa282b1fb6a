#!/usr/bin/env bash
# Sentences for the reader of a container's log and of kubectl describe.
#
# gives:   TERMINATION_MESSAGE
# writes:  $RUN/logged-
# exits:   never
load lib/places

# The file in which Kubernetes looks for a container's last words: kubectl describe prints them.
readonly TERMINATION_MESSAGE=/dev/termination-log

log() { printf '%s %s: %s\n' "$(TZ=UTC printf '%(%FT%TZ)T' -1)" "${0##*/}" "$*" >&2; }

# log_once TOPIC [SENTENCE...]: logs what holds now, once for as long as it does; nothing when all is well.
log_once() {
  local known='' file=$RUN/logged-$1
  IFS= read -r -d '' known 2> /dev/null < "$file" || true
  if [[ ${known%$'\n'} == "${*:2}" ]]; then return 0; fi
  printf '%s\n' "${*:2}" > "$file"
  if (($# > 1)); then log "${@:2}"; fi
}

# refuse SENTENCE...: says what is wrong and what to do, in the log and in kubectl describe, and fails. Who calls it passes the failure on,
# up to the program, which ends by it.
refuse() {
  log "$*"
  if [[ -w $TERMINATION_MESSAGE ]]; then printf '%s\n' "$*" > "$TERMINATION_MESSAGE"; fi
  return 1
}
