#!/usr/bin/env bash
# What a server says of its replication, and the words that set it up.
#
# reads:   $INSTANCE/ahead-of-primary $INSTANCE/agreed $SETTINGS/tls
# gives:   AHEAD AGREED SERVER_SAYS STATUS HEARTBEAT
# writes:  $RUN/seen-by-
# exits:   never
load engine/current lib/places lib/pod lib/quoting see/passwords talk/sql

# The mark of an instance that has what its primary wrote and lost.
readonly AHEAD=$INSTANCE/ahead-of-primary

# When the primary had all that this instance has, and its position then.
readonly AGREED=$INSTANCE/agreed

# agreed_position: prints that position; nothing if the primary never answered.
agreed_position() { if [[ -f $AGREED ]]; then sed --quiet 2p "$AGREED"; fi; }

# What this pod's server said in the last look of this script at it. Bash reads lines from a file in pieces, and letter by letter
# from a pipe.
readonly SERVER_SAYS=$RUN/seen-by-${0##*/}

# look_at_server: leaves in STATUS all that a pass asks this pod's server, in one question, since a client costs more than what it
# asks. Our own columns come last: a line of an error's text could look like one.
look_at_server() {
  {
    printf '%s;\n' "$SQL_SHOW_REPLICA_STATUS"
    printf 'SELECT @@GLOBAL.read_only AS read_only, generation FROM mysql_sts.cluster;\n'
  } | run_sql "$ADMIN_FILE" --vertical > "$SERVER_SAYS" || return 1
  read_status < "$SERVER_SAYS"
}

# read_status: reads the vertical output of statements on standard input into STATUS, a value a column.
read_status() {
  local line
  declare -gA STATUS=()
  while IFS= read -r line; do
    line=${line#"${line%%[![:space:]]*}"}
    if [[ $line =~ ^([A-Za-z_]+):\ ?(.*)$ ]]; then STATUS[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}; fi
  done
}

# status COLUMN: prints a value of STATUS, nothing where the server said nothing.
status() { printf '%s' "${STATUS[$1]-}"; }

# status_is COLUMN VALUE: needs no process of its own, since a pass asks this many times.
status_is() { [[ ${STATUS[$1]-} == "$2" ]]; }

replication_is_configured() { ! status_is "$COLUMN_SOURCE_HOST" ''; }

replication_runs() { status_is "$COLUMN_IO_RUNNING" Yes && status_is "$COLUMN_SQL_RUNNING" Yes; }

# The source no longer has what this replica needs next. 1236 is the source's number for it, 13114 the replica's.
binlogs_are_purged() {
  status_is "$COLUMN_IO_ERRNO" 1236 || status_is "$COLUMN_IO_ERRNO" 13114
}

# Why the replica has no connection, in the client's numbers: the source is away, or was when the last try was made.
source_is_away() {
  local number
  number=$(status "$COLUMN_IO_ERRNO")
  [[ $number == 2* ]] && ((number < 3000))
}

credentials_are_refused() { status_is "$COLUMN_IO_ERRNO" 1045; }

# Seconds after which a primary that has nothing to send says so: do/server.sh has how long a replica waits for it.
readonly HEARTBEAT=3

# change_source_sql: points this replica at the primary, by GTID, over TLS with the primary's name checked.
change_source_sql() {
  cat << SQL
$SQL_STOP_REPLICA;
$SQL_CHANGE_SOURCE
  ${SQL_SOURCE}_HOST = $(sql_string "$(pod_host 0)"), ${SQL_SOURCE}_PORT = 3306,
  ${SQL_SOURCE}_USER = 'replication', ${SQL_SOURCE}_PASSWORD = $(sql_string "$(secret replication)"),
  ${SQL_SOURCE}_CONNECT_RETRY = 2, ${SQL_SOURCE}_HEARTBEAT_PERIOD = $HEARTBEAT,
  ${SQL_SOURCE}_SSL_CA = $(sql_string "$SETTINGS/tls/ca.crt"),
  $SQL_REQUIRE_TLS, $SQL_AUTO_POSITION;
SQL
}
