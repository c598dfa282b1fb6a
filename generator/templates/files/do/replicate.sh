#!/usr/bin/env bash
# The words that set replication up, start it and stop it.
#
# reads:    $SETTINGS/secrets/replication $SETTINGS/tls/ca.crt
# gives:   HEARTBEAT
# exits:   never
load do/instance do/semi-sync engine/current lib/facts lib/log lib/memory lib/places lib/quoting lib/time see/leader see/member see/passwords see/server see/source see/status see/volume talk/session talk/sql

# replication_sql STATEMENT...
replication_sql() {
  local statement
  for statement in "$@"; do
    if ! ask_session "$statement;"; then
      log "$statement failed: $SESSION_ERROR"
      return 1
    fi
  done
}

# Seconds after which a primary that has nothing to send says so: do/server.sh has how long a replica waits for it.
readonly HEARTBEAT=3

# change_source_sql: points this replica at the primary, by GTID, over TLS with the primary's name checked.
change_source_sql() {
  cat << SQL
$SQL_STOP_REPLICA;
$(if was_primary; then resume_sql; fi)
$SQL_CHANGE_SOURCE
  ${SQL_SOURCE}_HOST = $(sql_string "$(primary_host)"), ${SQL_SOURCE}_PORT = 3306,
  ${SQL_SOURCE}_USER = 'replication', ${SQL_SOURCE}_PASSWORD = $(sql_string "$(secret replication)"),
  ${SQL_SOURCE}_CONNECT_RETRY = 2, ${SQL_SOURCE}_HEARTBEAT_PERIOD = $(if moves; then printf 1; else printf %s "$HEARTBEAT"; fi),
  ${SQL_SOURCE}_SSL_CA = $(sql_string "$SETTINGS/tls/ca.crt"),
  $SQL_REQUIRE_TLS, $SQL_AUTO_POSITION;
SQL
}

point_at_primary() {
  change_source_sql | local_sql || return 1
  log "replication from $(primary_host) is set up"
}

# follow: starts replication from the primary that has just answered.
follow() {
  if moves; then stand_as_replica || return 1; fi
  replication_sql "$SQL_START_REPLICA" || return 1
  did following now
  remember following yes
  remember reach "${SOURCE[position]-}"
  log "replication is started"
  wait_until 2 connection_is_decided || true
}

# apply_received: what the primary sent before it went away, if it was the right one.
apply_received() {
  if [[ ${FACT[configured]} == yes && ${FACT[sql]} == no && ${FACT[held]} != OtherCluster && ${FACT[held]} != OlderPrimary ]]; then
    replication_sql "$SQL_START_REPLICA SQL_THREAD"
  fi
}

# stop_receiving: that the replica does not follow is written down before, so that a pass that is cut off here is no stop by hand.
stop_receiving() {
  forget following
  keep_memory
  replication_sql "$SQL_STOP_REPLICA IO_THREAD"
}

leave_primary() {
  forget following
  keep_memory
  replication_sql "$SQL_STOP_REPLICA"
}

# connect_again: at most every half minute, since each try is a line in both servers' logs.
connect_again() {
  remember_time reconnected
  replication_sql "$SQL_START_REPLICA" || return 1
  wait_until 5 connection_is_decided || true
  # The connection stands for a moment before the source refuses.
  sleep 1
}

connection_is_decided() {
  look_at_server || return 1
  receiver_state
  [[ $REPLY != connecting ]]
}

# reconnect: to the server that has the primary's name now. A receiver that waits for space on the disk ends only when it has found some.
reconnect() {
  remember reach "${MEMORY[asked_position]-}"
  forget reached asked asked_read asked_position
  replication_sql "$SQL_STOP_REPLICA IO_THREAD" "$SQL_START_REPLICA IO_THREAD"
}

# seed_position: a copy made by a backup tool learns its position, before it may follow or lead. Safe to repeat.
seed_position() {
  read_record "$INSTANCE"
  {
    printf '%s;\n' "$SQL_RESET_REPLICA_ALL"
    seed_position_sql "${RECORD[position]}" "${RECORD[history]-}"
  } | local_sql || return 1
  write_record "$INSTANCE" "${RECORD[cluster]}" "${RECORD[generation]-1}" "$(server_version)" || return 1
  log "the copy stands at ${RECORD[position]}"
}
