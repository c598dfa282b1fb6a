#!/usr/bin/env bash
# What MySQL does in its own way, beyond the words of its engines.
#
# reads:   CLONE_METHOD $RUN/server.cnf
# exits:   never
load lib/places lib/quoting

# create_data_directory FOLDER: a user's log-bin would leave logs in it that have no GTIDs.
create_data_directory() {
  "$ENGINE_SERVER" --defaults-file="$RUN/server.cnf" --initialize-insecure --datadir="$1" --log-error-verbosity=1 --skip-log-bin
}

# family_default_settings: lines of my.cnf that a user may change.
family_default_settings() { printf '%s\n' secure-file-priv=NULL; }

# family_options: protected settings that only this family has. The CLONE plugin leaves tables of other engines than
# InnoDB empty, so with it they cannot be made.
family_options() {
  if [[ $CLONE_METHOD == plugin ]]; then
    printf '%s\n' plugin-load-add=mysql_clone.so disabled-storage-engines=MyISAM,ARCHIVE,CSV,BLACKHOLE,FEDERATED
  fi
}

# family_initial_sql: what a first instance gets beside the common schema: a list of the tables that CLONE would leave
# empty, to be read on every donor by an account that may not see the tables themselves.
family_initial_sql() {
  cat << 'SQL'
CREATE OR REPLACE DEFINER = root@localhost SQL SECURITY DEFINER VIEW mysql_sts.uncloneable_tables AS
  SELECT table_schema, table_name, engine FROM information_schema.tables
  WHERE engine IN ('MyISAM', 'ARCHIVE', 'CSV', 'BLACKHOLE', 'FEDERATED', 'MRG_MyISAM')
    AND table_schema NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema');
SQL
}

# password_sql STATEMENT PASSWORD CLAUSE: the statement with the account's password and what follows it. The server itself puts the
# hash in the password's place before the statement reaches the binary log.
password_sql() { printf '%s %s %s %s;\n' "$1" "$SQL_IDENTIFIED_BY" "$(sql_string "$2")" "${3-}"; }

# family_clone_grants ACCOUNT: what the clone account needs beside GRANTS_CLONE.
family_clone_grants() {
  local table
  for table in $GRANTS_CLONE_TABLES; do
    printf 'GRANT SELECT ON performance_schema.%s TO %s;\n' "$table" "$1"
  done
  printf 'GRANT SELECT ON mysql_sts.uncloneable_tables TO %s;\n' "$1"
}

# seed_position_sql GTIDS HISTORY: makes a server that holds a copy of the data say so. Its GTIDs are its history.
seed_position_sql() {
  printf '%s; SET GLOBAL %s = %s;\n' "$SQL_RESET_GTIDS" "$SQL_SEEDED_GTIDS" "$(sql_string "$1")"
}

# copied_position FOLDER: prints the GTID set at which the backup tool took the copy. It is the third column of its
# note and may go on over several lines.
copied_position() {
  local text
  text=$(cat "$1"/*_binlog_info)
  text=${text//$'\n'/}
  printf '%s\n' "${text##*$'\t'}"
}

# position_covers ALL PART COMMAND...: whether the GTID set ALL has every transaction of PART. The command runs the
# statement on a server, whichever.
position_covers() {
  [[ $(printf 'SELECT GTID_SUBSET(%s, %s);\n' "$(sql_string "$2")" "$(sql_string "$1")" | "${@:3}") == 1 ]]
}

# received_position REPLICA_STATUS: prints what a replica has received by its vertical status, applied or not. A GTID set may go on
# over several lines.
received_position() {
  local text
  if [[ $1 != *Retrieved_Gtid_Set:* ]]; then return 0; fi
  text=${1#*Retrieved_Gtid_Set:}
  text=${text%%Executed_Gtid_Set:*}
  printf '%s\n' "${text//[[:space:]]/}"
}

# copied_history OWN POSITION: prints the history of a copy that was taken at POSITION from a server with OWN.
copied_history() { printf '%s\n' "$2"; }

# uncloned_tables_sql: the tables that a clone by plugin leaves empty.
uncloned_tables_sql() {
  printf "SELECT CONCAT(table_schema, '.', table_name, ' (', engine, ')') FROM mysql_sts.uncloneable_tables;\n"
}

# position_sql: everything that this server has executed, on one line.
position_sql() { printf "SELECT REPLACE(@@GLOBAL.gtid_executed, '\\\\n', '');\n"; }

# history_sql: what this server has executed, for a comparison with its source.
history_sql() { position_sql; }

# history_covers ALL PART COMMAND...: whether a server with the history ALL has every transaction of one with PART.
history_covers() { position_covers "$@"; }

# errant_transactions OWN SOURCE COMMAND...: prints what OWN has and SOURCE has not. The command runs the statement on a server,
# whichever.
errant_transactions() {
  printf "SELECT REPLACE(GTID_SUBTRACT(%s, %s), '\\\\n', '');\n" "$(sql_string "$1")" "$(sql_string "$2")" | "${@:3}"
}

# writer_sql: the name under which this server's transactions are known.
writer_sql() { printf 'SELECT @@GLOBAL.server_uuid;\n'; }

# written_by WRITER TRANSACTIONS: prints those of them that are this server's.
written_by() {
  local entry own=()
  for entry in ${2//,/ }; do
    if [[ $entry == "$1":* ]]; then own+=("$entry"); fi
  done
  printf '%s\n' "${own[*]}"
}

# encrypt_option: makes the client encrypt its connection, whoever the server is.
encrypt_option() { printf '%s\n' ssl-mode=REQUIRED; }

# verify_server_option: makes the client check the server's certificate and its name.
verify_server_option() { printf '%s\n' ssl-mode=VERIFY_IDENTITY; }

# before_shutdown_sql: the event scheduler counts as a client, and the server waits for clients.
before_shutdown_sql() { printf 'SET GLOBAL event_scheduler = OFF;\n'; }

# let_administrators_write_sql: others still cannot, while read_only is on.
let_administrators_write_sql() { printf 'SET GLOBAL super_read_only = OFF;\n'; }

# family_upgrade OPTION_FILE: the server has raised its own tables when it started.
family_upgrade() { :; }

# family_old_options: how a server was started that knew nothing of GTIDs.
family_old_options() { printf '%s\n' --gtid-mode=OFF --enforce-gtid-consistency=OFF; }

# family_client_options: lets a user's script use the client's own commands, DELIMITER and source.
family_client_options() { printf '%s\n' --loose-commands; }
