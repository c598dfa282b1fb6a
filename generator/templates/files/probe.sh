#!/usr/bin/env bash
# The probes. Standard output is what kubectl describe shows of a failure.
#   alive  the server answers: never a question of replication, passwords or load
#   ready  the primary is writable; a replica replicates, or has lost touch with the primary a short time ago
set -Eeuo pipefail
# shellcheck source=environment.sh
. "${BASH_SOURCE[0]%/*}/environment.sh"
# shellcheck source=replication.sh
. "${BASH_SOURCE[0]%/*}/replication.sh"

readonly SILENT_SINCE=$RUN/source-silent-since

not_ready() {
  printf '%s\n' "$*"
  exit 1
}

# A server that refuses the login answers all the same.
alive() { "$ENGINE_ADMIN" --no-defaults --socket="$SOCKET" --connect-timeout=4 ping > /dev/null 2>&1; }

monitor_sql() { run_sql "$RUN/monitor.cnf" "$@" 2>&1; }

primary_ready() {
  local read_only
  read_only=$(printf 'SELECT @@GLOBAL.read_only;\n' | monitor_sql --skip-column-names) || not_ready "$read_only"
  if [[ $read_only != 0 ]]; then not_ready "the primary is still read-only: the agent has not finished its checks"; fi
}

replica_ready() {
  local answer
  if [[ -s $RUN/not-ready ]]; then not_ready "$(< "$RUN/not-ready")"; fi
  answer=$(printf '%s;\n' "$SQL_SHOW_REPLICA_STATUS" | monitor_sql --vertical) || not_ready "$answer"
  read_replica_status <<< "$answer"
  replication_is_configured || not_ready "replication is not set up yet"
  if [[ $(status "$COLUMN_SQL_RUNNING") != Yes ]]; then
    not_ready "replication does not apply changes: $(status "$COLUMN_SQL_ERROR")"
  fi
  if binlogs_are_purged || credentials_are_refused; then not_ready "$(status "$COLUMN_IO_ERROR")"; fi
  if [[ $(status "$COLUMN_IO_RUNNING") == Yes ]]; then
    rm -f "$SILENT_SINCE"
    require_small_lag
  else
    require_short_silence
  fi
}

require_small_lag() {
  local lag
  lag=$(status "$COLUMN_LAG")
  if [[ ! $lag =~ ^[0-9]+$ ]]; then not_ready "the lag is not known yet"; fi
  if ((lag > $(seconds "$MAX_LAG"))); then not_ready "$lag s behind the primary, more than replication.maxLag ($MAX_LAG)"; fi
}

# A primary that restarts must not empty the read service, and a primary that needs an upgrade to start again must not
# stop the rollout that brings it.
require_short_silence() {
  if [[ ! -s $SILENT_SINCE ]]; then now > "$SILENT_SINCE"; fi
  if (($(now) - $(< "$SILENT_SINCE") > $(seconds "$MAX_SOURCE_SILENCE"))); then
    not_ready "out of touch with the primary for more than replication.maxSourceSilence ($MAX_SOURCE_SILENCE): $(status "$COLUMN_IO_ERROR")"
  fi
}

case $1 in
  alive) alive || not_ready "the server does not answer on its socket" ;;
  ready) if is_first_pod; then primary_ready; else replica_ready; fi ;;
  *) not_ready "probe.sh knows 'alive' and 'ready', not '$1'" ;;
esac
