#!/usr/bin/env bash
# What Kubernetes runs before it asks the server to stop.
#
# reads:   STOP_PATIENCE $RUN/no-successor
# gives:   ALONE
# exits:   0
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load engine/current lib/places lib/status lib/time see/leader see/server see/status talk/session talk/sql

# nothing_is_left_to_apply: a replica forgets at its next start what it has received and not applied, and gets it again from the
# primary. One that is gone may never come back with it. A replica that does not apply has nothing to wait for.
nothing_is_left_to_apply() {
  look_at_server || return 0
  if replication_runs || ! status_is "$COLUMN_SQL_RUNNING" Yes; then return 0; fi
  position_covers "$(position_sql | local_sql)" "$(received_position)" local_sql
}

# gives_up_leading: another pod leads, or the keeper has found for a while that none can, as when the whole release is removed.
gives_up_leading() {
  if ! leads; then return 0; fi
  if [[ ! -f $RUN/no-successor ]]; then ALONE=0; fi
  ALONE=$((ALONE + 1))
  ((ALONE > 25))
}

# How often in a row that was found, five times a second.
ALONE=0

main() {
  if moves && leads; then wait_until "$STOP_PATIENCE" gives_up_leading || true; fi
  if ! leads; then wait_until "$STOP_PATIENCE" nothing_is_left_to_apply || true; fi
  # A server that does not answer needs no word of goodbye.
  before_shutdown_sql | local_sql || true
  close_session
}

main
