#!/usr/bin/env bash
# Sentences for the reader of a container's log and of kubectl describe.
load lib/places

# The file in which Kubernetes looks for a container's last words: kubectl describe prints them.
readonly TERMINATION_MESSAGE=/dev/termination-log

log() { printf '%s %s: %s\n' "$(TZ=UTC printf '%(%FT%TZ)T' -1)" "${0##*/}" "$*" >&2; }

# news TOPIC [SENTENCE...]: logs what holds now, once for as long as it does; nothing when all is well.
news() {
  local known='' file=$RUN/news-$1
  if [[ -f $file ]]; then known=$(< "$file"); fi
  if [[ $known == "${*:2}" ]]; then return 0; fi
  printf '%s\n' "${*:2}" > "$file"
  if (($# > 1)); then log "${@:2}"; fi
}

# die SENTENCE...: what is wrong and what to do, in the log and in kubectl describe; then the end.
die() {
  log "$*"
  if [[ -w $TERMINATION_MESSAGE ]]; then printf '%s\n' "$*" > "$TERMINATION_MESSAGE"; fi
  exit 1
}
