#!/usr/bin/env bash
# What Kubernetes runs before it asks the server to stop.
#
# reads:   STOP_PATIENCE
# exits:   0
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load engine/current lib/pod lib/status lib/time see/server see/status talk/session talk/sql

# nothing_is_left_to_apply: a replica forgets at its next start what it has received and not applied, and gets it again from the
# primary. One that is gone may never come back with it. A replica that does not apply has nothing to wait for.
nothing_is_left_to_apply() {
  look_at_server || return 0
  if replication_runs || ! status_is "$COLUMN_SQL_RUNNING" Yes; then return 0; fi
  position_covers "$(position_sql | local_sql)" "$(received_position)" local_sql
}

main() {
  if ! is_first_pod; then wait_until "$STOP_PATIENCE" nothing_is_left_to_apply || true; fi
  # A server that does not answer needs no word of goodbye.
  before_shutdown_sql | local_sql || true
  close_session
}

main
