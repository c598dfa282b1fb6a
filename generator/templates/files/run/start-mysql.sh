#!/usr/bin/env bash
# Starts the server on a complete instance. Never initialises: an instance that is missing here is an error.
#
# reads:   $INSTANCE/data $STATE/leading
# gives:   SERVER
# writes:  $RUN/monitor.cnf $STATE/started
# exits:   1 when there is no instance or it cannot be upgraded; 143 when it is stopped; else as the server
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/certificates do/replace do/server do/upgrade lib/log lib/pause lib/places lib/time see/leader see/passwords see/volume talk/sql

# stop: as process 1 bash would wait for its current command before it ends. When it ends, the kernel ends the others.
stop() {
  stop_upgrade
  exit 143
}

main() {
  # What agent and probes noted is about a server that is gone; without it they know that there is none.
  rm -rf "$STATE"
  trap stop TERM
  settle_replacement &
  wait "$!"
  instance_exists || refuse "There is no instance on the volume. The init containers make it; their logs say what went wrong."
  settle_upgrade
  write_init_file
  if has_password monitor; then write_monitor_file "$RUN/monitor.cnf"; fi
  mkdir "$STATE"
  note_certificates "$(certificates_fingerprint)"
  now > "$STATE/started"
  server_command "$INSTANCE/data"
  log "starting ${SERVER_COMMAND[*]}"
  if ! moves; then exec "${SERVER_COMMAND[@]}"; fi
  watch_server
}

# watch_server: runs the server beside this script, which ends it when it takes writes and this pod does not hold the Lease any more. The keeper
# may be stopped or without a network, so it is this container that sees to it.
watch_server() {
  local status=0
  open_pause server
  "${SERVER_COMMAND[@]}" 7>&- &
  SERVER=$!
  trap stop_server TERM
  while kill -0 "$SERVER" 2> /dev/null; do
    if is_deposed; then
      log "this pod takes writes and does not hold the Lease any more: its server is ended"
      kill -KILL "$SERVER" || true
    fi
    pause 0.5
  done
  wait "$SERVER" || status=$?
  exit "$status"
}

is_deposed() { [[ -f $STATE/leading ]] && { ! leads || ! lease_is_held; }; }

# stop_server: a server that shuts down tells clients that wait for an acknowledgement that their commits are done. While it may still take
# writes, it is ended as a lost machine would end it.
stop_server() { if [[ -f $STATE/leading ]]; then kill -KILL "$SERVER"; else kill -TERM "$SERVER"; fi; }

main
