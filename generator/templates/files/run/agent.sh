#!/usr/bin/env bash
# The agent beside the server: repeats reconcile.sh, and keeps the clone port served where the method streams.
# It holds no state of its own, so it may stop and start at any moment.
#
# reads:   CLONE_METHOD
# gives:   SERVED_CERTIFICATES CLONE_PORT
# exits:   0 when it is stopped
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/certificates talk/stream

# keep_clone_port: the listener reads its certificates once, so it is started anew when the server has read renewed ones; clones
# that are being served go on. Before a server has read any, there is nothing to clone.
keep_clone_port() {
  local certificates
  if [[ $CLONE_METHOD == plugin ]]; then return 0; fi
  certificates=$(noted_certificates)
  if [[ -z $certificates ]]; then return 0; fi
  if clone_port_is_served; then
    if [[ $certificates == "$SERVED_CERTIFICATES" ]]; then return 0; fi
    kill "$CLONE_PORT"
    wait "$CLONE_PORT" || true
  fi
  SERVED_CERTIFICATES=$certificates
  bash "$SCRIPTS/run/listen-clone.sh" &
  CLONE_PORT=$!
}

clone_port_is_served() { [[ -n ${CLONE_PORT-} ]] && kill -0 "$CLONE_PORT" 2> /dev/null; }

stop() {
  if [[ -n ${CLONE_PORT-} ]]; then kill "$CLONE_PORT" 2> /dev/null || true; fi
  exit 0
}

# interruptible_pass: a pass may last as long as a clone, and a signal ends the agent at once all the same.
interruptible_pass() {
  bash "$SCRIPTS/run/pass.sh" &
  wait "$!"
}

# pause SECONDS: a sleep that a signal ends at once.
pause() {
  sleep "$1" &
  wait "$!"
}

main() {
  trap stop TERM INT
  # A clone that died with an earlier agent left its turn marker. Its process number is somebody else's in this container.
  rm -f "$SERVING"
  while true; do
    keep_clone_port
    if interruptible_pass; then pause 5; else pause 1; fi
  done
}

main
