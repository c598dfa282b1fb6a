#!/usr/bin/env bash
# Starts the server on a complete instance. Never initialises: an instance that is missing here is an error.
#
# reads:   $INSTANCE/data
# writes:  $RUN/monitor.cnf $STATE/started
# exits:   1 when there is no instance or it cannot be upgraded; 143 when it is stopped; else as the server
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/certificates do/replace do/server do/upgrade lib/log lib/places lib/time see/passwords see/volume talk/sql

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
  exec "${SERVER_COMMAND[@]}"
}

main
