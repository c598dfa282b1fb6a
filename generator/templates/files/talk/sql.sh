#!/usr/bin/env bash
# The client that runs statements: on this pod's server and on those of its peers.
#
# reads:   FULLNAME READ_PORT $RUN/mysqld.sock $RUN/agent.cnf $RUN/temporary.sock $RUN/temporary.cnf $SETTINGS/tls
# gives:   SQL_PREAMBLE SOCKET ADMIN_FILE
# writes:  $RUN/peer.cnf
# exits:   never
load engine/current lib/files lib/places lib/quoting see/passwords

# Our statements are read with these: a user's sql_mode or character set must not change their meaning.
readonly SQL_PREAMBLE="SET SESSION sql_mode = '', NAMES utf8mb4"

# This pod's server, and the option file that logs its owner in as the agent.
SOCKET=$RUN/mysqld.sock ADMIN_FILE=$RUN/agent.cnf

# use_temporary_socket: from here on this process and its children mean a server that only they reach. The agent must not take it for
# the pod's server.
use_temporary_socket() { SOCKET=$RUN/temporary.sock ADMIN_FILE=$RUN/temporary.cnf; }

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
# that stands still must not hold up who asks it for longer than SQL_LIMIT, a minute unless that is set.
peer_sql() {
  local host=$1
  shift
  client_file "$RUN/peer.cnf" clone "$(secret clone)" "port=$(port_of "$host")" "connect-timeout=$(patience_with "$host")" \
    "$(verify_server_option)" "ssl-ca=$SETTINGS/tls/ca.crt"
  SQL_LIMIT=${SQL_LIMIT:-60} run_sql "$RUN/peer.cnf" --host="$host" "$@"
}

# write_monitor_file FILE: the option file of the probes' account.
write_monitor_file() { client_file "$1" monitor "$(secret monitor)" "socket=$SOCKET" connect-timeout=3; }

# server_version: prints the three numbers of the server's version.
server_version() { printf "SELECT SUBSTRING_INDEX(VERSION(), '-', 1);\n" | local_sql; }
