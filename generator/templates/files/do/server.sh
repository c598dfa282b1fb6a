#!/usr/bin/env bash
# How the server is started: the protected settings, the local admin account, and short-lived servers for staging.
#
# reads:   BINLOG_RETENTION SERVER_ID_BASE TLS_CLIENTS $SETTINGS/tls $RUN/server.cnf
# gives:   AGENT_ACCOUNT AGENT_PASSWORD_PREFIX LOST_AFTER LOST_AFTER_WITH_FAILOVER SERVER_COMMAND TEMPORARY_SERVER
# writes:  $RUN/mysqld.pid $RUN/init.sql $RUN/temporary-server.log
# exits:   never
load engine/current lib/files lib/places lib/pod lib/quoting lib/text lib/time see/leader see/passwords see/volume talk/sql

# The account of the agent. Its password is new at every start and set by the last statement of the init file: who can
# log in as the agent knows that the whole file was executed.
readonly AGENT_ACCOUNT=mysql_sts_agent
# What password policies ask for, in case that the server enforces one.
readonly AGENT_PASSWORD_PREFIX=Aa1-Bb2+

# server_id: MariaDB's GTIDs tell transactions apart by the server that wrote them and a number, so a primary that goes on
# from a replica counts as another server.
server_id() { printf '%s\n' "$((SERVER_ID_BASE + $(ordinal) + 100 * ($(generation) - 1)))"; }

# binlog_retention: in the unit of the engine's option, rounded up.
binlog_retention() {
  printf '%s\n' "$((($(seconds "$BINLOG_RETENTION") + OPTION_BINLOG_RETENTION_UNIT - 1) / OPTION_BINLOG_RETENTION_UNIT))"
}

# A primary that has nothing to send says so every few seconds. Where packets vanish on their way, as when a network is cut, only
# its silence tells a replica that it is out of touch; the servers' own limit is a minute.
readonly LOST_AFTER=10 LOST_AFTER_WITH_FAILOVER=4

# protected_settings: the settings that the design stands on, "name=value" a line. They go last on the command line,
# so they win over every file.
protected_settings() {
  printf '%s\n' "server-id=$(server_id)" port=3306 "socket=$SOCKET" "pid-file=$RUN/mysqld.pid" \
    log-bin=binlog binlog-format=ROW sync-binlog=1 innodb-flush-log-at-trx-commit=1 \
    "${OPTION_BINLOG_RETENTION//_/-}=$(binlog_retention)" \
    "${OPTION_REPLICA_NET_TIMEOUT//_/-}=$(if moves; then printf %s "$LOST_AFTER_WITH_FAILOVER"; else printf %s "$LOST_AFTER"; fi)" \
    "${OPTION_LOG_REPLICA_UPDATES//_/-}=ON" "${OPTION_HOLD_REPLICATION//_/-}=ON" relay-log=relay relay-log-recovery=ON \
    read-only=ON "${OPTION_READ_ONLY//_/-}=ON" \
    "ssl-ca=$SETTINGS/tls/ca.crt" "ssl-cert=$SETTINGS/tls/tls.crt" "ssl-key=$SETTINGS/tls/tls.key"
  if [[ $TLS_CLIENTS == required ]]; then printf '%s\n' require-secure-transport=ON; fi
  # Events come with a copy as the primary's own, and what they write on a replica would be errant.
  if moves || ! is_first_pod; then printf '%s\n' event-scheduler=OFF; fi
  family_options
  local setting
  for setting in $ENGINE_OPTIONS; do printf '%s\n' "${setting//_/-}"; done
  if moves; then semi_sync_settings; fi
}

# semi_sync_settings: who waits and who acknowledges, the agent says when it knows which pod leads.
semi_sync_settings() {
  local setting name
  if [[ -n $SEMI_SYNC_PLUGINS ]]; then printf '%s\n' "plugin-load-add=$SEMI_SYNC_PLUGINS"; fi
  for setting in $SEMI_SYNC_SETTINGS; do
    name=${setting%%=*}
    printf '%s=%s\n' "${name//_/-}" "${setting#*=}"
  done
}

# server_command DATADIR: leaves the server's command line in SERVER_COMMAND.
server_command() {
  local setting
  SERVER_COMMAND=("$ENGINE_SERVER" "--defaults-file=$RUN/server.cnf")
  while IFS= read -r setting; do SERVER_COMMAND+=("--$setting"); done < <(protected_settings)
  SERVER_COMMAND+=("--datadir=$1" "--init-file=$RUN/init.sql")
}

# local_admin_sql NAME PASSWORD: statements, one a line, that end with the password. Of an account that somebody deleted from mysql.user, as
# Bitnami's images do with root, rights stay behind, and MySQL makes no account of that name before they are gone.
local_admin_sql() {
  local account password
  account="$(sql_string "$1")@'localhost'"
  password=$(sql_string "$2")
  printf '%s\n' "SELECT COUNT(*) INTO @known FROM mysql.user WHERE user = $(sql_string "$1") AND host = 'localhost';" \
    "SET @rest = IF(@known = 0, $(sql_string "DROP USER IF EXISTS $account"), 'DO 0');" \
    'PREPARE rest FROM @rest;' 'EXECUTE rest;' 'DEALLOCATE PREPARE rest;' \
    "CREATE USER IF NOT EXISTS $account $SQL_IDENTIFIED_BY $password ACCOUNT LOCK;" \
    "GRANT ALL PRIVILEGES ON *.* TO $account WITH GRANT OPTION;" \
    "ALTER USER $account $SQL_IDENTIFIED_BY $password ACCOUNT UNLOCK;"
}

# write_init_file: what the server executes at every start, on this pod alone (nothing of it is replicated).
write_init_file() {
  local password root
  root=$(if has_password root; then secret root; fi)
  password=$AGENT_PASSWORD_PREFIX$(random_hex 24)
  client_file "$ADMIN_FILE" "$AGENT_ACCOUNT" "$password" "socket=$SOCKET"
  {
    printf '%s\n' "SET SESSION sql_mode = '';" 'SET NAMES utf8mb4;' 'SET SESSION sql_log_bin = 0;'
    if [[ -n $root ]]; then local_admin_sql root "$root"; fi
    local_admin_sql "$AGENT_ACCOUNT" "$password"
  } | write_private "$RUN/init.sql"
}

agent_can_log_in() { printf 'SELECT 1;\n' | local_sql > /dev/null 2>&1; }

# start_temporary_server DATADIR OPTION...: a server that only this script reaches, over a socket of its own: the agent
# must not take it for the pod's server.
start_temporary_server() {
  local folder=$1
  shift
  use_temporary_socket
  write_init_file
  server_command "$folder"
  "${SERVER_COMMAND[@]}" --skip-networking "$@" > "$RUN/temporary-server.log" 2>&1 &
  TEMPORARY_SERVER=$!
  until temporary_server_is_settled; do sleep 0.1; done
  if ! agent_can_log_in; then
    show_server_errors
    kill -KILL "$TEMPORARY_SERVER" 2> /dev/null || true
    return 1
  fi
}

temporary_server_is_settled() { agent_can_log_in || ! kill -0 "$TEMPORARY_SERVER" 2> /dev/null || is_locked_out; }

# is_locked_out: another server has the data open. This one has opened nothing yet and would wait for a minute or two.
is_locked_out() {
  local words
  words=$(< "$RUN/temporary-server.log")
  [[ $words == *'Unable to lock'* || $words == *'for exclusive use'* ]]
}

show_server_errors() {
  grep --extended-regexp '\[(ERROR|Error)\]|^ERROR' "$RUN/temporary-server.log" >&2 || tail -n 20 "$RUN/temporary-server.log" >&2
}

# stop_temporary_server: a clean shutdown, so that the files are complete. The signal asks for it.
stop_temporary_server() {
  kill -TERM "$TEMPORARY_SERVER"
  wait "$TEMPORARY_SERVER"
}
