#!/usr/bin/env bash
# Looks whether a server of nobody has data that can be used: every table is read, and a query of the user's must find something.
#
# reads:   VERIFY_SQL
# writes:  $RUN/verify.log
# exits:   never
load lib/log lib/places talk/sql

# check_all_tables: prints the tables that the server does not call sound. Tables of its own schemas count, too.
check_all_tables() {
  local statements
  statements=$(
    local_sql << 'SQL'
SELECT CONCAT('CHECK TABLE `', REPLACE(table_schema, '`', '``'), '`.`', REPLACE(table_name, '`', '``'), '`;')
FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('information_schema', 'performance_schema', 'sys');
SQL
  )
  # A line is table, operation, kind and text; notes are no fault.
  printf '%s\n' "$statements" | local_sql | while IFS=$'\t' read -r table _ kind text; do
    if [[ $kind == error || $kind == warning || $kind == status && $text != OK ]] && [[ $text != *"doesn't support check"* ]]; then
      printf '%s: %s\n' "$table" "$text"
    fi
  done
}

# require_whole_tables ID
require_whole_tables() {
  local faults
  faults=$(check_all_tables)
  if [[ -z $faults ]]; then return 0; fi
  refuse "The backup $1 does not stand the check of its tables: ${faults//$'\n'/; }. Do not rely on it: look at the server that it was" \
    "copied from, and take another one."
}

# require_answer ID: the query of the value backup.verify.sql, if there is one.
require_answer() {
  local answer
  if [[ -z $VERIFY_SQL ]]; then return 0; fi
  answer=$(printf '%s;\n' "$VERIFY_SQL" | local_sql 2> "$RUN/verify.log") \
    || refuse "The query of backup.verify.sql fails on the backup $1: $(head -n 1 "$RUN/verify.log")." || return
  if [[ -n $answer ]]; then return 0; fi
  refuse "The query of backup.verify.sql finds nothing in the backup $1. Look at the data of the release, and at the query."
}
