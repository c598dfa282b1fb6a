#!/usr/bin/env bash
# What the primary says when it is asked, and how this replica's data stands to it. Each question is a new connection on purpose: only a new
# one leads to whichever server has the primary's name now.
#
# reads:    $SETTINGS/secrets/replication $SETTINGS/tls
# gives:   SOURCE OWN
# writes:  $RUN/source.cnf $RUN/source.log
# exits:   never
load engine/current lib/memory lib/places lib/time see/leader see/passwords see/volume talk/session talk/sql

# The primary's words: cluster, generation, writer (the name of its own transactions), uptime in seconds, position, history; error where
# there was no answer; errant: what this replica has and the primary lacks; lost: those of them that the primary wrote itself.
declare -gA SOURCE
# This server's: position, and history with what was received and is not yet applied.
declare -gA OWN
SOURCE=() OWN=()

# ask_source: asks this server first, since a primary that is written to runs ahead. Fails with SOURCE[error].
ask_source() {
  SOURCE=() OWN=()
  if ! ask_own_position; then
    SOURCE[error]="this pod's own server did not answer"
    return 1
  fi
  if ! question_source; then
    remember source_away yes
    return 1
  fi
  forget source_away
  if compare_histories; then return 0; fi
  SOURCE[error]="this pod's own server did not answer"
  return 1
}

ask_own_position() {
  local rows
  rows=$({ position_sql && history_sql; } | session_rows) || return 1
  { read -r "OWN[position]" && read -r "OWN[history]"; } <<< "$rows" || true
  OWN[history]=${OWN[history]-},$(received_position)
}

question_source() {
  local answer key
  # Where the password was taken away, the last one still works.
  if has_password replication; then
    client_file "$RUN/source.cnf" replication "$(secret replication)" "host=$(primary_host)" port=3306 connect-timeout=5 \
      "ssl-ca=$SETTINGS/tls/ca.crt" "$(verify_server_option)"
  fi
  if ! answer=$(source_sql | SQL_LIMIT=10 run_sql "$RUN/source.cnf" --skip-column-names 2> "$RUN/source.log"); then
    SOURCE[error]=$(tail -n 1 "$RUN/source.log")
    SOURCE[error]=${SOURCE[error]:-it did not finish its answer within 10 s}
    return 1
  fi
  for key in cluster generation writer uptime position history; do
    read -r "SOURCE[$key]" || break
  done <<< "$answer"
  SOURCE[uptime]=${SOURCE[uptime]##*[[:space:]]}
}

# source_sql: one row a question. The last two may be empty, and an empty row would be no line that can be counted on.
source_sql() {
  printf 'SELECT id FROM mysql_sts.cluster;\nSELECT generation FROM mysql_sts.cluster;\n'
  writer_sql
  printf "SHOW GLOBAL STATUS LIKE 'Uptime';\n"
  position_sql
  history_sql
}

compare_histories() {
  SOURCE[errant]=$(errant_transactions "${OWN[history]}" "${SOURCE[history]-}" session_rows) || return 1
  SOURCE[lost]=$(written_by "${SOURCE[writer]}" "${SOURCE[errant]}")
}

# has_kept_all: whether the primary is the server that answered before, and still has all that it had then.
has_kept_all() {
  measure_age "$AGREED"
  ((SOURCE[uptime] > AGE + 1)) && position_covers "${SOURCE[position]-}" "$(agreed_position)" session_rows
}

# lacks_what_it_said: whether the primary once had more than it has now. That it cannot be compared is no proof.
lacks_what_it_said() {
  local position
  position=$(agreed_position)
  [[ -n $position ]] && position_covers "$position" '' session_rows && ! position_covers "${SOURCE[position]-}" "$position" session_rows
}
