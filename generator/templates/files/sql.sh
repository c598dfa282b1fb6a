#!/usr/bin/env bash
# Words of SQL and of option files (the only places that quote), and the client that runs them.

# Our statements are read with these: a user's sql_mode or character set must not change their meaning.
declare -rx SQL_PREAMBLE="SET SESSION sql_mode = '', NAMES utf8mb4"

# quoted TEXT QUOTE: prints TEXT on one line between quotes, with backslashes before what would end or break it.
quoted() {
  local text=${1//\\/\\\\}
  text=${text//"$2"/\\"$2"}
  text=${text//$'\n'/\\n}
  text=${text//$'\r'/\\r}
  printf '%s' "$2$text$2"
}

# sql_string TEXT: prints TEXT as an SQL string.
sql_string() { quoted "$1" "'"; }

# sql_name TEXT: prints TEXT as an SQL identifier, between backquotes (octal 140).
sql_name() { printf '\140%s\140' "${1//\`/\`\`}"; }

# sql_schema_pattern TEXT: prints a schema's name as GRANT reads it: there _ and % stand for other letters, unless a
# backslash is before them.
sql_schema_pattern() {
  local text=${1//\\/\\\\}
  text=${text//_/\\_}
  sql_name "${text//%/\\%}"
}

# option_string TEXT: prints TEXT as the value of a line in an option file.
option_string() { quoted "$1" '"'; }

# secret NAME: prints the password of an account: root, replication, clone, monitor or app.
secret() { printf '%s' "$(< "$SETTINGS/secrets/$1")"; }

# has_password NAME: whether the Secret has the password of that account now. One that is taken away while the pod runs must not
# become an empty one.
has_password() { [[ -s $SETTINGS/secrets/$1 ]]; }

# missing_password: prints the first account without a password in the Secret.
missing_password() {
  local name
  for name in root replication clone monitor app; do
    if has_password "$name" || [[ $name == app && -z $APP_USERNAME ]]; then continue; fi
    printf '%s\n' "$name"
    return 0
  done
}

# secret_key NAME: prints the key of the Secret that holds an account's password.
secret_key() {
  local variable=SECRET_KEY_${1^^}
  printf '%s' "${!variable}"
}

# replication_password_fits: a replica keeps the password in a field of the server's own size.
replication_password_fits() {
  local LC_ALL=C password
  password=$(secret replication)
  ((${#password} <= SOURCE_PASSWORD_BYTES))
}

# client_file FILE USER PASSWORD LINE...: writes an option file for the client, so that no password is an argument. MariaDB's client
# would print a statement that fails, with the password in it, to the log.
client_file() {
  local file=$1 user=$2 password=$3
  shift 3
  printf '%s\n' '[client]' "user=$(option_string "$user")" "password=$(option_string "$password")" "$@" \
    '[mariadb-client]' loose-skip-print-query-on-error \
    | write_private "$file"
}

# run_sql OPTION_FILE OPTION...: runs the statements on standard input, for SQL_LIMIT seconds if that is set.
run_sql() {
  local file=$1
  shift
  timeout "${SQL_LIMIT:-0}" "$ENGINE_CLIENT" --defaults-file="$file" --default-character-set=utf8mb4 --init-command="$SQL_PREAMBLE" \
    --batch --raw "$@"
}

# local_sql: runs the statements on standard input on this pod's server and prints bare rows.
local_sql() { run_sql "$ADMIN_FILE" --skip-column-names; }

# local_cluster: prints the id of the cluster whose data this server holds.
local_cluster() { printf 'SELECT id FROM mysql_sts.cluster;\n' | local_sql; }

# local_generation: prints how often that cluster has gone on from a replica, counted from 1.
local_generation() { printf 'SELECT generation FROM mysql_sts.cluster;\n' | local_sql; }

# patience_with HOST: prints the seconds in which a peer must take a connection. Packets to a service that no pod stands behind may
# vanish, and whoever it leads to is asked by its own name as well.
patience_with() { if [[ $1 == "$FULLNAME-read" ]]; then printf '2\n'; else printf '5\n'; fi; }

# port_of HOST: prints the port under which a peer's server is reached.
port_of() { if [[ $1 == "$FULLNAME-read" ]]; then printf '%s\n' "$READ_PORT"; else printf '3306\n'; fi; }

# peer_sql HOST OPTION...: runs the statements on standard input on another pod's server, as the clone account. A server
# that stands still must not hold up who asks it.
peer_sql() {
  local host=$1
  shift
  client_file "$RUN/peer.cnf" clone "$(secret clone)" "port=$(port_of "$host")" "connect-timeout=$(patience_with "$host")" \
    "$(verify_server_option)" "ssl-ca=$SETTINGS/tls/ca.crt"
  SQL_LIMIT=60 run_sql "$RUN/peer.cnf" --host="$host" "$@"
}

# write_monitor_file FILE: the option file of the probes' account.
write_monitor_file() { client_file "$1" monitor "$(secret monitor)" "socket=$SOCKET" connect-timeout=3; }

# server_version: prints the three numbers of the server's version.
server_version() { printf "SELECT SUBSTRING_INDEX(VERSION(), '-', 1);\n" | local_sql; }
