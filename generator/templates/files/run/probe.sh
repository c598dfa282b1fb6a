#!/usr/bin/env bash
# The probes. Standard output is what kubectl describe shows of a failure.
#   started SECONDS  the server answers, for which it has this time; it has the same time again to be ready, but need not be
#   alive            the server answers: never a question of replication, passwords or load
#   ready            the primary is writable; a replica replicates, or has lost touch with the primary a short time ago
#   donor            a copy of this server is worth having: as ready, but however far behind or long out of touch
#
# reads:   MAX_LAG MAX_SOURCE_SILENCE $STATE/caught-up $STATE/source-away
#          $INSTANCE/in-touch $STATE/started $STATE/not-ready
# writes:  $RUN/monitor.cnf $RUN/monitor-new.cnf
# exits:   0 for yes; 1 for no
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load engine/current lib/places lib/pod lib/time see/replication talk/sql

not_ready() {
  printf '%s\n' "$*"
  exit 1
}

# A server that refuses the login answers all the same.
alive() { "$ENGINE_ADMIN" --defaults-file="$RUN/monitor.cnf" ping > /dev/null 2>&1; }

must_be_alive() { alive || not_ready "the server does not answer on its socket"; }

# started SECONDS: Kubernetes asks for readiness as soon as this has succeeded, and then only after a period. A server that has just
# begun to answer is ready a moment later, when the agent is through with it.
started() {
  wait_until "$1" alive || must_be_alive
  wait_until "$1" is_ready || true
}

is_ready() { (ready > /dev/null 2>&1); }

# monitor_sql: a password that was changed in the Secret takes a while to reach the server, and one that was changed on the
# server a while to reach this pod, so the last one that worked stays until the other works.
monitor_sql() {
  local statements answer status=0
  statements=$(cat)
  answer=$(run_sql "$RUN/monitor.cnf" "$@" 2>&1 <<< "$statements") || status=$?
  if ((status != 0)) && [[ $answer == *"ERROR 1045"* ]]; then
    write_monitor_file "$RUN/monitor-new.cnf"
    status=0
    answer=$(run_sql "$RUN/monitor-new.cnf" "$@" 2>&1 <<< "$statements") || status=$?
    if ((status == 0)); then mv -f "$RUN/monitor-new.cnf" "$RUN/monitor.cnf"; fi
  fi
  printf '%s' "$answer"
  return "$status"
}

primary_ready() {
  local read_only
  read_only=$(printf 'SELECT @@GLOBAL.read_only;\n' | monitor_sql --skip-column-names) || not_ready "$read_only"
  if [[ $read_only != 0 ]]; then not_ready "the primary is still read-only: the agent has not finished its checks"; fi
}

replica_ready() {
  applies_changes
  if status_is "$COLUMN_IO_RUNNING" Yes; then
    if [[ ! -f $STATE/caught-up ]]; then not_ready "still catching up with what the primary had when it was asked"; fi
    require_small_lag
  elif source_is_away || [[ -f $STATE/source-away ]] || connects_again; then
    require_short_silence
  else
    not_ready "not connected to the primary yet"
  fi
}

# connects_again: a try whose packets are lost lasts for a minute, and has no error before its end.
connects_again() {
  status_is "$COLUMN_IO_RUNNING" Connecting && status_is "$COLUMN_IO_ERRNO" 0 \
    && (($(age_of "$INSTANCE/in-touch") <= $(age_of "$STATE/started")))
}

# applies_changes: what must hold of a replica in any case.
applies_changes() {
  local answer
  if [[ -s $STATE/not-ready ]]; then not_ready "$(< "$STATE/not-ready")"; fi
  answer=$(printf '%s;\n' "$SQL_SHOW_REPLICA_STATUS" | monitor_sql --vertical) || not_ready "$answer"
  read_status <<< "$answer"
  replication_is_configured || not_ready "replication is not set up yet"
  if ! status_is "$COLUMN_SQL_RUNNING" Yes; then
    not_ready "replication does not apply changes: $(status "$COLUMN_SQL_ERROR")"
  fi
  # A replica that stopped since it is ahead keeps the error for as long as it stands still.
  if { binlogs_are_purged && [[ ! -f $AHEAD ]]; } || credentials_are_refused; then not_ready "$(status "$COLUMN_IO_ERROR")"; fi
}

require_small_lag() {
  local lag
  lag=$(status "$COLUMN_LAG")
  if [[ ! $lag =~ ^[0-9]+$ ]]; then not_ready "the lag is not known yet"; fi
  if ((lag > $(seconds "$MAX_LAG"))); then not_ready "$lag s behind the primary, more than replication.maxLag ($MAX_LAG)"; fi
}

# A primary that restarts must not empty the read service, and a primary that needs an upgrade to start again must not
# stop the rollout that brings it: the time counts from the start of this server, or from the last touch after it.
require_short_silence() {
  local silence since_start
  silence=$(age_of "$INSTANCE/in-touch")
  since_start=$(age_of "$STATE/started")
  if ((since_start < silence)); then silence=$since_start; fi
  if ((silence > $(seconds "$MAX_SOURCE_SILENCE"))); then
    not_ready "out of touch with the primary for more than replication.maxSourceSilence ($MAX_SOURCE_SILENCE): $(status "$COLUMN_IO_ERROR")"
  fi
}

ready() { if is_first_pod; then primary_ready; else replica_ready; fi; }

case $1 in
  started) started "$2" ;;
  alive) must_be_alive ;;
  ready) ready ;;
  donor) if is_first_pod; then primary_ready; else applies_changes; fi ;;
  *) not_ready "probe.sh knows 'started', 'alive', 'ready' and 'donor', not '$1'" ;;
esac
