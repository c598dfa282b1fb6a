# shellcheck shell=bash
# What all shell scripts of the tools and of the test cluster share: the cache, messages, progress.

# Everything that is built or running lives here, outside the checkout; each entry is keyed by a hash of its inputs.
CACHE=$(realpath -m -- "${MYSQL_STS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mysql-sts}")

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$(basename -- "$0"): $*"
  exit 1
}

# The first 16 hex digits of a hash over files (whole folders are not taken) and over what stands on the input.
hash_inputs() { {
  cat -
  cat -- "$@"
} | sha256sum | cut -c1-16; }

# Runs a command with its output in a log file. Every five seconds says how long it has taken, and what the function $3
# has to add. On failure shows the end of the log and returns the command's status.
#   with_progress "what is being done" LOG DETAIL COMMAND...
with_progress() {
  local what=$1 log=$2 detail=$3 from=$SECONDS status=0
  shift 3
  "$@" > "$log" 2>&1 &
  local job=$!
  while wait_seconds 5 "$job"; do
    say "  $what: $((SECONDS - from)) s$("$detail" "$log")"
  done
  wait "$job" || status=$?
  if ((status != 0)); then
    say "  $what failed with status $status after $((SECONDS - from)) s. The end of $log:"
    tail -n 20 -- "$log" >&2
    return "$status"
  fi
  say "  $what: done in $((SECONDS - from)) s"
}

# True when the job is still there after so many seconds; returns as soon as it has ended.
wait_seconds() {
  local until=$((SECONDS + $1))
  while ((SECONDS < until)); do
    kill -0 "$2" 2> /dev/null || return 1
    sleep 0.1
  done
}

no_detail() { :; }

# Keeps others from building the same thing at the same time, until this process ends.
lock() {
  mkdir -p -- "$CACHE"
  exec {LOCK_FD}> "$CACHE/$1.lock"
  flock --nonblock "$LOCK_FD" && return
  say "Waiting for another run that builds or starts the same thing ($CACHE/$1.lock)."
  flock "$LOCK_FD"
}
