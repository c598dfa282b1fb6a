#!/usr/bin/env bash
# The accounts of data that was made without this chart: those that anybody could use are closed, and those that need somebody's eye are named.
#
# reads:   APP_USERNAME
# exits:   never
load do/server engine/current lib/log lib/quoting lib/text talk/sql

# close_open_accounts: root from elsewhere and accounts without a name go. One in whose name a view or a routine runs is
# locked instead, since these would stop working.
close_open_accounts() {
  local user host account
  while IFS=$'\t' read -r host user; do
    account=$(sql_string "$user")@$(sql_string "$host")
    if defines_something "$user@$host"; then
      password_sql "ALTER USER $account" "$AGENT_PASSWORD_PREFIX$(random_hex 24)" 'ACCOUNT LOCK' | local_sql
      log "the account $account is locked: views or routines run in its name"
    else
      printf 'DROP USER %s;\n' "$account" | local_sql
      log "the account $account is gone"
    fi
  done < <(printf "SELECT host, user FROM mysql.user WHERE user = 'root' AND host <> 'localhost' OR user = '';\n" | local_sql)
}

# defines_something DEFINER
defines_something() {
  local count
  count=$(
    local_sql << SQL
SELECT COUNT(*) FROM (SELECT definer FROM information_schema.views UNION ALL SELECT definer FROM information_schema.routines
  UNION ALL SELECT definer FROM information_schema.triggers UNION ALL SELECT definer FROM information_schema.events) AS all_definers
WHERE definer = $(sql_string "$1");
SQL
  )
  ((count > 0))
}

# name_other_accounts: what stays as it was and should be looked at, each in a sentence.
name_other_accounts() {
  name_accounts "authentication_string = '' AND plugin IN ('', 'mysql_native_password', 'caching_sha2_password', 'sha256_password')" \
    'has no password: give it one, or drop it'
  name_accounts "plugin <> '' AND plugin NOT IN (SELECT plugin_name FROM information_schema.plugins WHERE plugin_status = 'ACTIVE')" \
    "cannot log in, since this server does not have its method: give it a password anew (ALTER USER ... $SQL_IDENTIFIED_BY ...)"
  name_accounts "super_priv = 'Y' AND host <> 'localhost'" 'may do everything from elsewhere, with the password that it had: drop it if nobody needs it'
  name_accounts "super_priv = 'N' AND repl_slave_priv = 'Y'" \
    'may read the binary log, with the password that it had: the old replicas used it; drop it if nobody else does'
}

# name_accounts CONDITION SENTENCE
name_accounts() {
  local user host
  while IFS=$'\t' read -r host user; do
    log "the account $(sql_string "$user")@$(sql_string "$host") $2"
  done < <(
    local_sql << SQL
SELECT host, user FROM mysql.user WHERE $1 AND $(live_accounts)
  AND user NOT IN ('root', 'mysql.sys', 'mysql.session', 'mysql.infoschema', 'mariadb.sys', '$AGENT_ACCOUNT', 'replication', 'clone', 'monitor',
    $(sql_string "$APP_USERNAME")) ORDER BY user, host;
SQL
  )
}
