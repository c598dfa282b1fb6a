#!/usr/bin/env bash
# The agent beside the server: repeats reconcile.sh, and keeps the clone port served where the method streams.
# It holds no state of its own, so it may stop and start at any moment.
set -Eeuo pipefail
# shellcheck source=environment.sh
. "${BASH_SOURCE[0]%/*}/environment.sh"

# keep_clone_port: a certificate of the release's authority is the only way in; see serve-clone.sh for what is sent.
keep_clone_port() {
  if [[ $CLONE_METHOD == plugin ]]; then return 0; fi
  if [[ -n ${CLONE_PORT-} ]] && kill -0 "$CLONE_PORT" 2> /dev/null; then return 0; fi
  socat "OPENSSL-LISTEN:3307,reuseaddr,fork,max-children=8,cafile=$SETTINGS/tls/ca.crt,cert=$SETTINGS/tls/tls.crt,key=$SETTINGS/tls/tls.key,verify=1" \
    "EXEC:bash ${BASH_SOURCE[0]%/*}/serve-clone.sh" &
  CLONE_PORT=$!
}

stop() {
  if [[ -n ${CLONE_PORT-} ]]; then kill "$CLONE_PORT" 2> /dev/null || true; fi
  exit 0
}

# pause SECONDS: a sleep that a signal ends at once.
pause() {
  sleep "$1" &
  wait "$!"
}

main() {
  trap stop TERM INT
  while true; do
    keep_clone_port
    if bash "${BASH_SOURCE[0]%/*}/reconcile.sh"; then pause 5; else pause 1; fi
  done
}

main
