#!/usr/bin/env bash
# What MariaDB does in its own way, beyond the words of its engines.
#
# reads:   $RUN/server.cnf
# writes:  $RUN/install-db.log
# exits:   never
load lib/places lib/quoting lib/status

create_data_directory() {
  mkdir "$1"
  mariadb-install-db --defaults-file="$RUN/server.cnf" --datadir="$1" --auth-root-authentication-method=normal \
    --skip-test-db --skip-name-resolve --skip-log-bin > "$RUN/install-db.log" 2>&1 || {
    cat "$RUN/install-db.log" >&2
    return 1
  }
}

# family_default_settings: lines of my.cnf that a user may change.
family_default_settings() { printf '%s\n' secure-file-priv=/tmp; }

# family_options: protected settings that only this family has. Passwords come as hashes, of which a user's password policy sees
# nothing; it must not refuse them for that.
family_options() { printf '%s\n' gtid-domain-id=0 strict-password-validation=OFF; }

# family_initial_sql: what a first instance gets beside the common schema. mariadb-install-db makes root accounts without a
# password for the host's names; only root@localhost, whose password the init file sets, may stay.
family_initial_sql() {
  cat << 'SQL'
SET @others = (SELECT CONCAT('DROP USER ', GROUP_CONCAT(QUOTE(user), '@', QUOTE(host))) FROM mysql.user
  WHERE user = 'root' AND host <> 'localhost');
EXECUTE IMMEDIATE IFNULL(@others, 'DO 0');
SQL
}

# password_sql STATEMENT PASSWORD CLAUSE: the statement with the account's password and what follows it. The server writes a
# statement to the binary log as it stands, so it puts this one together itself, with the hash in the password's place.
password_sql() {
  printf "EXECUTE IMMEDIATE CONCAT(%s, QUOTE(PASSWORD(%s)), %s);\n" \
    "$(sql_string "$1 IDENTIFIED BY PASSWORD ")" "$(sql_string "$2")" "$(sql_string " ${3-}")"
}

# family_clone_grants ACCOUNT: what the clone account needs beside GRANTS_CLONE.
family_clone_grants() { :; }

# seed_position_sql GTIDS HISTORY: makes a server that holds a copy of the data say so.
seed_position_sql() {
  printf '%s; SET GLOBAL gtid_binlog_state = %s; SET GLOBAL %s = %s;\n' \
    "$SQL_RESET_GTIDS" "$(sql_string "$2")" "$SQL_SEEDED_GTIDS" "$(sql_string "$1")"
}

# position_covers ALL PART: whether a server at ALL has every transaction of one at PART, domain by domain.
position_covers() {
  local entry known
  for entry in ${2//,/ }; do
    for known in ${1//,/ }; do
      if [[ ${known%%-*} == "${entry%%-*}" ]] && ((${known##*-} >= ${entry##*-})); then continue 2; fi
    done
    return 1
  done
}

# received_position: prints what the replica of STATUS has received, applied or not.
received_position() { printf '%s\n' "${STATUS[Gtid_IO_Pos]-}"; }

# copied_history OWN POSITION: prints the history of a copy that was taken at POSITION from a server with OWN: a server's
# newest transaction is in one of the two. The server takes the last entry of a domain for the last transaction in it, from which
# a replica may go on.
copied_history() {
  local entry list=
  for entry in ${1//,/ }; do
    if [[ ,$2 != *",${entry%-*}-"* ]]; then list+=$entry,; fi
  done
  list+=$2
  printf '%s\n' "${list%,}"
}

# uncloned_tables_sql: a copy of this family's has all tables.
uncloned_tables_sql() { :; }

# position_sql: the last transaction of each domain that this server has executed.
position_sql() { printf 'SELECT @@GLOBAL.gtid_current_pos;\n'; }

# history_sql: the newest transaction of every server that ever wrote to this one's binary log.
history_sql() { printf 'SELECT @@GLOBAL.gtid_binlog_state;\n'; }

# errant_transactions OWN SOURCE: prints the entries (domain-server-sequence) of OWN that SOURCE does not cover.
errant_transactions() {
  local entry known errant=()
  for entry in ${1//,/ }; do
    if [[ " ${errant[*]-} " == *" $entry "* ]]; then continue; fi
    for known in ${2//,/ }; do
      if [[ ${known%-*} == "${entry%-*}" ]] && ((${known##*-} >= ${entry##*-})); then continue 2; fi
    done
    errant+=("$entry")
  done
  printf '%s\n' "${errant[*]-}"
}

# history_covers ALL PART: whether a server with the history ALL has every transaction of one with PART, writer by writer.
history_covers() { [[ -z $(errant_transactions "$2" "$1") ]]; }

# writer_sql: the name under which this server's transactions are known.
writer_sql() { printf 'SELECT @@GLOBAL.server_id;\n'; }

# written_by WRITER TRANSACTIONS: prints those of them that are this server's.
written_by() {
  local entry own=()
  for entry in $2; do
    if [[ $entry == *-"$1"-* ]]; then own+=("$entry"); fi
  done
  printf '%s\n' "${own[*]-}"
}

# copied_position FOLDER: prints the position at which the backup tool took the copy. A donor that replicates notes what it
# has applied; its own binary log may be empty.
copied_position() {
  local text
  text=$(cat "$1"/*_slave_info 2> /dev/null) || true
  if [[ $text =~ gtid_slave_pos\ =\ \'([^\']*)\' ]]; then
    printf '%s\n' "${BASH_REMATCH[1]}"
  else
    text=$(cat "$1"/*_binlog_info)
    printf '%s\n' "${text##*$'\t'}"
  fi
}

# encrypt_option: makes the client encrypt its connection, whoever the server is.
encrypt_option() { printf '%s\n' ssl; }

# verify_server_option: makes the client check the server's certificate and its name.
verify_server_option() { printf '%s\n' ssl-verify-server-cert; }

# before_shutdown_sql: nothing holds this server's shutdown up.
before_shutdown_sql() { :; }

# let_administrators_write_sql: they can in spite of read_only.
let_administrators_write_sql() { :; }

# family_upgrade OPTION_FILE: raises the system tables of this pod alone; replicas raise their own.
family_upgrade() { mariadb-upgrade --defaults-file="$1" --skip-write-binlog --silent >&2; }

# live_accounts: the condition under which a row of mysql.user is an account that somebody could use; roles have rows, too.
live_accounts() {
  cat << 'SQL'
is_role = 'N' AND (user, host) NOT IN
  (SELECT user, host FROM mysql.global_priv WHERE JSON_VALUE(priv, '$.account_locked') IN ('true', '1'))
SQL
}

# outside_sql: files in the data directory name tablespaces in another place.
outside_sql() { :; }

# sources_sql: the connections by which the data was a replica; sources_columns names those with a connection's name and its host.
sources_columns() { printf '1,4\n'; }
sources_sql() { printf 'SHOW ALL SLAVES STATUS;\n'; }

# forget_source_sql CONNECTION
forget_source_sql() { printf 'RESET REPLICA %s ALL;\n' "$(sql_string "$1")"; }

# begin_history_sql: GTIDs begin with what comes now.
begin_history_sql() { printf "%s; SET GLOBAL %s = '';\n" "$SQL_RESET_GTIDS" "$SQL_SEEDED_GTIDS"; }

# family_client_options: this client takes DELIMITER and source as it is.
family_client_options() { :; }

# opening_settings: leaves in REPLY the settings that keep clients from writing, in the order in which they are switched off.
opening_settings() { REPLY=read_only; }

# status_value_sql NAME: leaves in REPLY the query for a status variable's value.
status_value_sql() { REPLY="SELECT variable_value FROM information_schema.global_status WHERE variable_name = '$1'"; }

# resume_sql: what a server that has led needs before it follows: what it wrote itself stands in its binary log alone.
resume_sql() { printf 'SET GLOBAL gtid_slave_pos = @@GLOBAL.gtid_current_pos;\n'; }
