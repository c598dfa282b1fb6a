#!/usr/bin/env bash
# The accounts that are the same on every pod, and the chart's own schema. Written on the primary only: replication
# and clones carry them on.
#
# reads:   APP_DATABASE APP_USERNAME AUTH_SECRET
# gives:   ACCOUNTS_FINGERPRINT
# exits:   never
load engine/current lib/log lib/quoting see/passwords talk/sql

# account_sql NAME HOST PASSWORD REQUIREMENT: statements that make an account exist with this password.
account_sql() {
  local account
  account="$(sql_string "$1")@$(sql_string "$2")"
  password_sql "CREATE USER IF NOT EXISTS $account" "$3" "REQUIRE $4"
  password_sql "ALTER USER $account" "$3" "REQUIRE $4"
}

# root gets its password here too, so that a changed one is in force at once; the init file repeats it at each start.
# Over the network the chart's own accounts work with TLS only. Tools that copy files use the socket.
accounts_sql() {
  password_sql 'ALTER USER root@localhost' "$(secret root)"
  account_sql replication % "$(secret replication)" SSL
  printf '%s\n' "GRANT $GRANTS_REPLICATION ON *.* TO replication@'%';" \
    "GRANT SELECT ON mysql_sts.cluster TO replication@'%';"
  account_sql monitor localhost "$(secret monitor)" NONE
  printf '%s\n' "GRANT $GRANTS_MONITOR ON *.* TO monitor@localhost;"
  clone_account_sql localhost NONE
  clone_account_sql % SSL
  application_sql
}

clone_account_sql() {
  local account
  account="clone@$(sql_string "$1")"
  account_sql clone "$1" "$(secret clone)" "$2"
  printf '%s\n' "GRANT $GRANTS_CLONE ON *.* TO $account;" "GRANT SELECT ON mysql_sts.cluster TO $account;"
  family_clone_grants "$account"
}

application_sql() {
  if [[ -n $APP_DATABASE ]]; then printf 'CREATE DATABASE IF NOT EXISTS %s;\n' "$(sql_name "$APP_DATABASE")"; fi
  if [[ -z $APP_USERNAME ]]; then return 0; fi
  account_sql "$APP_USERNAME" % "$(secret app)" NONE
  if [[ -n $APP_DATABASE ]]; then
    printf 'GRANT ALL PRIVILEGES ON %s.* TO %s;\n' "$(sql_schema_pattern "$APP_DATABASE")" "$(sql_string "$APP_USERNAME")@'%'"
  fi
}

# cluster_schema_sql CLUSTER_ID: the chart's own schema, by which a copy knows whose data it is.
cluster_schema_sql() {
  cat << SQL
CREATE DATABASE IF NOT EXISTS mysql_sts;
CREATE TABLE IF NOT EXISTS mysql_sts.cluster
  (id CHAR(32) NOT NULL PRIMARY KEY, generation INT NOT NULL DEFAULT 1) ENGINE = InnoDB;
CREATE TABLE IF NOT EXISTS mysql_sts.accounts
  (id TINYINT NOT NULL PRIMARY KEY, fingerprint CHAR(64) NOT NULL) ENGINE = InnoDB;
INSERT IGNORE INTO mysql_sts.cluster (id) VALUES ($(sql_string "$1"));
SQL
  family_initial_sql
}

# passwords_are_missing: whether the Secret is incomplete now, which is told. The server goes on with the passwords that it has.
passwords_are_missing() {
  local name
  name=$(missing_password)
  if [[ -z $name ]]; then
    log_once passwords
    return 1
  fi
  log_once passwords "Secret $AUTH_SECRET has no password of the $name account any more, so the accounts stay as they are:" \
    "put the key '$(secret_key "$name")' back"
}

# What the server notes of its accounts when they are as the Secret and the chart want them.
ACCOUNTS_FINGERPRINT=

# keep_accounts: makes the accounts right when they are not, and writes nothing when they are. Their passwords may be taken away
# while they are read.
keep_accounts() {
  local statements wanted current
  if passwords_are_missing; then return 0; fi
  statements=$(accounts_sql)
  if passwords_are_missing; then return 0; fi
  # The fingerprint changes when a password, a name or a privilege changes.
  wanted=$({ local_cluster && printf '%s\n' "$statements"; } | sha256sum)
  wanted=${wanted%% *}
  ACCOUNTS_FINGERPRINT=$wanted
  current=$(printf 'SELECT fingerprint FROM mysql_sts.accounts;\n' | local_sql)
  if [[ $current == "$wanted" ]]; then return 0; fi
  printf "%s\nREPLACE INTO mysql_sts.accounts VALUES (1, '%s');\n" "$statements" "$wanted" | local_sql
  log "the accounts and their privileges are up to date"
}
