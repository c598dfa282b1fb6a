#!/usr/bin/env bash
# One pass of the agent: compares what is with what should be and acts only on a difference. Ends with 0 when nothing
# is left to do, so that the next pass may take its time.
set -Eeuo pipefail
# shellcheck source=environment.sh
. "${BASH_SOURCE[0]%/*}/environment.sh"
# shellcheck source=accounts.sh
. "${BASH_SOURCE[0]%/*}/accounts.sh"
# shellcheck source=replication.sh
. "${BASH_SOURCE[0]%/*}/replication.sh"

# The start of the server for which replication was started, so that a stop by hand is not undone.
readonly STARTED=$RUN/replication-started

# report SENTENCE: a state that a person must see: in the log when it is new, and in the readiness probe.
report() {
  if [[ $(cat "$RUN/not-ready" 2> /dev/null) != "$*" ]]; then log "$*"; fi
  printf '%s\n' "$*" > "$RUN/not-ready"
  exit 1
}

# say_once SENTENCE: logs it unless it was the last thing said so.
say_once() {
  if [[ $(cat "$RUN/said" 2> /dev/null) != "$*" ]]; then log "$*"; fi
  printf '%s\n' "$*" > "$RUN/said"
}

server_answers() { [[ -f $RUN/agent.cnf && -f $RUN/server-start ]] && agent_can_log_in; }

# keep_primary: the accounts are right before the first client can write.
keep_primary() {
  if [[ $(printf 'SELECT @@GLOBAL.read_only;\n' | local_sql) == 0 ]]; then
    keep_accounts
  else
    let_administrators_write_sql | local_sql
    keep_accounts
    printf 'SET GLOBAL read_only = OFF;\n' | local_sql
    log "the primary accepts writes"
  fi
}

# settle_copy: a copy made by a backup tool learns its position, before it may follow anybody. Safe to repeat.
settle_copy() {
  local position
  position=$(record_value "$INSTANCE" position)
  if [[ -z $position ]]; then return 0; fi
  { printf '%s;\n' "$SQL_RESET_REPLICA_ALL" && seed_position_sql "$position"; } | local_sql
  write_record "$INSTANCE" "$(record_value "$INSTANCE" cluster)" "$(server_version)"
  log "the copy stands at $position"
}

keep_replica() {
  local answer
  settle_copy
  answer=$(printf '%s;\n' "$SQL_SHOW_REPLICA_STATUS" | run_sql "$RUN/agent.cnf" --vertical)
  read_replica_status <<< "$answer"
  if ! replication_is_configured; then
    configure_replication
  elif [[ $(status "$COLUMN_SOURCE_HOST") != "$(pod_host 0)" ]] || credentials_are_refused; then
    configure_replication
  elif [[ $(cat "$STARTED" 2> /dev/null) != "$(< "$RUN/server-start")" ]]; then
    start_replication
  elif binlogs_are_purged; then
    report "the primary has purged binary logs that this replica needs: it must be cloned anew ($(status "$COLUMN_IO_ERROR"))"
  elif [[ $(status "$COLUMN_IO_RUNNING") == No || $(status "$COLUMN_SQL_RUNNING") == No ]]; then
    report "replication is stopped: $(stop_reason)"
  fi
  rm -f "$RUN/not-ready"
}

stop_reason() {
  local reason
  reason="$(status "$COLUMN_SQL_ERROR")$(status "$COLUMN_IO_ERROR")"
  printf '%s' "${reason:-somebody stopped it by hand; start it again with $SQL_START_REPLICA}"
}

# configure_replication: only a server whose history is part of the primary's may follow it.
configure_replication() {
  local source errant
  client_file "$RUN/source.cnf" replication "$(secret replication)" "host=$(pod_host 0)" port=3306 connect-timeout=5 \
    "ssl-ca=$SETTINGS/tls/ca.crt" "$(verify_server_option)"
  source=$(history_sql | run_sql "$RUN/source.cnf" --skip-column-names 2> "$RUN/source.log") \
    || report "the primary does not answer: $(tail -n 1 "$RUN/source.log")"
  errant=$(errant_transactions "$(history_sql | local_sql)" "$source")
  if [[ -n $errant ]]; then
    report "this replica has transactions that the primary does not have: $errant. It must be cloned anew"
  fi
  change_source_sql | local_sql
  log "replication from $(pod_host 0) is set up"
  start_replication
}

start_replication() {
  printf '%s;\n' "$SQL_START_REPLICA" | local_sql
  cp "$RUN/server-start" "$STARTED"
  log "replication is started"
}

# keep_label ROLE: once a start of the agent's pod, and again every five minutes.
keep_label() {
  local kept=0
  if [[ -s $RUN/role ]]; then kept=$(< "$RUN/role"); fi
  if (($(now) - kept < 300)); then return 0; fi
  if label_role "$1"; then
    now > "$RUN/role"
    say_once "this pod carries the role $1"
  else
    say_once "the pod could not be labelled $1 (Kubernetes API status $KUBE_STATUS): services do not find it by its role"
    return 1
  fi
}

# keep_record: after an upgrade the record says which engine the data belongs to now.
keep_record() {
  if [[ $(record_value "$INSTANCE" engine) == "$ENGINE_NAME" ]]; then return 0; fi
  write_record "$INSTANCE" "$(record_value "$INSTANCE" cluster)" "$(server_version)"
  log "the data belongs to $ENGINE_NAME now"
}

main() {
  server_answers || exit 1
  if is_first_pod; then
    keep_primary
    keep_label primary
  else
    keep_replica
    keep_label replica
  fi
  keep_record
}

main
