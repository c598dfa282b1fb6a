#!/usr/bin/env bash
# The agent beside the server: passes over and over, and keeps the clone port served where the method streams. It holds nothing that it
# could not learn again, so it may stop and start at any moment.
#
# reads:   CLONE_METHOD
# gives:   SERVED_CERTIFICATES CLONE_PORT
# exits:   0 when it is stopped
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/certificates do/metrics do/pass do/verdict lib/pause talk/api talk/stream

# keep_clone_port: the listener reads its certificates once, so it is started again when the server has read renewed ones; clones that are
# being served go on. Before a server has read any, there is nothing to clone.
keep_clone_port() {
  if [[ $CLONE_METHOD == plugin ]]; then return 0; fi
  read_noted_certificates
  if [[ -z $REPLY ]]; then return 0; fi
  if clone_port_is_served; then
    if [[ $REPLY == "$SERVED_CERTIFICATES" ]]; then return 0; fi
    kill "$CLONE_PORT"
    wait "$CLONE_PORT" || true
  fi
  SERVED_CERTIFICATES=$REPLY
  bash "$SCRIPTS/run/listen-clone.sh" 7>&- 8>&- 9>&- &
  CLONE_PORT=$!
}

clone_port_is_served() { [[ -n ${CLONE_PORT-} ]] && kill -0 "$CLONE_PORT" 2> /dev/null; }

stop() {
  if [[ -n ${CLONE_PORT-} ]]; then kill "$CLONE_PORT" 2> /dev/null || true; fi
  exit 0
}

main() {
  local rest
  trap stop TERM INT
  # A clone that died with an earlier agent left its turn marker. Its process number is another's in this container.
  rm -f "$SERVING"
  open_pause agent
  use_one_connection
  while true; do
    keep_clone_port
    rest=1
    if pass; then rest=5; fi
    leave_verdict
    leave_metrics
    close_api
    pause "$rest"
  done
}

main
