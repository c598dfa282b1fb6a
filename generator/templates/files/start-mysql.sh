#!/usr/bin/env bash
# Starts the server on a complete instance. Never initialises: an instance that is missing here is an error.
set -Eeuo pipefail
# shellcheck source=environment.sh
. "${BASH_SOURCE[0]%/*}/environment.sh"

main() {
  instance_exists || die "There is no instance on the volume. The init containers make it; their logs say what went wrong."
  write_init_file
  client_file "$RUN/monitor.cnf" monitor "$(secret monitor)" "socket=$SOCKET" connect-timeout=3
  client_file "$RUN/clone.cnf" clone "$(secret clone)" "socket=$SOCKET"
  random_hex 8 | write_private "$RUN/server-start"
  rm -f "$RUN/replication-started" "$RUN/not-ready"
  server_command "$INSTANCE/data"
  log "starting ${SERVER_COMMAND[*]}"
  exec "${SERVER_COMMAND[@]}"
}

main
