#!/usr/bin/env bash
# Keeps the primary writable. Everything that only its own agent may do is done before the first client can write.
#
# exits:   never
load do/accounts do/replica engine/current lib/log see/replication see/volume talk/sql

keep_primary() {
  if status_is read_only 0; then
    keep_accounts
  else
    let_administrators_write_sql | local_sql
    settle_copy
    begin_generation
    keep_accounts
    printf 'SET GLOBAL read_only = OFF;\n' | local_sql
    log "the primary accepts writes"
  fi
}

# begin_generation: a primary that goes on from a replica's data follows nobody, and says so in the data.
begin_generation() {
  local generation
  generation=$(generation)
  if ((generation <= $(status generation))); then return 0; fi
  printf '%s; UPDATE mysql_sts.cluster SET generation = %s;\n' "$SQL_RESET_REPLICA_ALL" "$generation" | local_sql
  look_at_server
  log "this cluster goes on as generation $generation"
}
