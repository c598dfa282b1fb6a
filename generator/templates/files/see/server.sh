#!/usr/bin/env bash
# Looks at this pod's server.
#
# exits:   never
load engine/current lib/status see/leader talk/session

# look_at_server: leaves in STATUS all that a pass asks this pod's server, in one question. Our own columns come last: a line of an error's
# text could look like one. Fails with SESSION_ERROR.
look_at_server() {
  local columns='@@GLOBAL.read_only AS read_only, generation, (SELECT fingerprint FROM mysql_sts.accounts) AS accounts'
  if moves; then
    semi_sync_columns
    columns+=$REPLY
  fi
  ask_session "$SQL_SHOW_REPLICA_STATUS\\G" "SELECT $columns FROM mysql_sts.cluster\\G" || return 1
  read_status ${ROWS[@]+"${ROWS[@]}"}
}

# semi_sync_columns: leaves in REPLY the columns waits and acknowledges (ON is 1), acks, waiting, acknowledged and receivers.
semi_sync_columns() {
  local columns=", @@GLOBAL.$SEMI_SYNC_SOURCE AS waits, @@GLOBAL.$SEMI_SYNC_REPLICA AS acknowledges, "
  if [[ -n $SEMI_SYNC_ACKS ]]; then columns+="@@GLOBAL.$SEMI_SYNC_ACKS AS acks"; else columns+='1 AS acks'; fi
  status_value_sql "$SEMI_SYNC_WAITING"
  columns+=", ($REPLY) AS waiting"
  status_value_sql "$SEMI_SYNC_ACKNOWLEDGED"
  columns+=", ($REPLY) AS acknowledged"
  status_value_sql "$SEMI_SYNC_RECEIVERS"
  REPLY="$columns, ($REPLY) AS receivers"
}
