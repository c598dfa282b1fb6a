#!/usr/bin/env bash
# The tutorial's pipeline with the real mariadb-backup: one stream through ncat, unpacked, prepared. Prints the seconds of both.
#   unshare --mount pipeline.sh AGENT TUTORIAL MARIADB TARGET
# AGENT is a process in the donor's agent, TUTORIAL and MARIADB are the unpacked images with ncat and with the tool, TARGET is an empty folder.
set -Eeuo pipefail
readonly AGENT=$1 TUTORIAL=$2 MARIADB=$3 TARGET=$4 PORT=13307
LOG=$(mktemp)
trap 'rm -f -- "$LOG"' EXIT

mount --bind "$TARGET" "$MARIADB/srv"
mount --bind /dev "$MARIADB/dev"
# The tool looks at itself there, and dies without it.
mount --bind /proc "$MARIADB/proc"

# What the tutorial's donor runs, with the way in that the chart's donor has.
backup() {
  nsenter --target "$AGENT" --mount --pid -- mariadb-backup --defaults-file=/run/mysql-sts/agent.cnf --backup --slave-info \
    --stream=mbstream --target-dir=/tmp/tutorial 2> "$LOG"
}

listening() { ss --no-header --listening --tcp --numeric "sport = :$PORT" | grep -q .; }

fail() {
  cat -- "$LOG" >&2
  exit 1
}

now() { printf '%s' "${EPOCHREALTIME/./}"; }

seconds_since() { printf '%d.%06d' "$((($(now) - $1) / 1000000))" "$((($(now) - $1) % 1000000))"; }

main() {
  local started streamed
  started=$(now)
  backup | chroot "$TUTORIAL" ncat --listen --send-only 127.0.0.1 "$PORT" &
  until listening; do sleep 0.02; done
  chroot "$TUTORIAL" ncat --recv-only 127.0.0.1 "$PORT" | chroot "$MARIADB" mbstream -x -C /srv
  wait "$!" || fail
  streamed=$(seconds_since "$started")
  chroot "$MARIADB" mariadb-backup --prepare --target-dir=/srv > "$LOG" 2>&1 || fail
  printf '%s %s\n' "$streamed" "$(seconds_since "$started")"
}

main
