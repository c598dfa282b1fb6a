#!/usr/bin/env bash
# Keeps the primary writable. Everything that only its own agent may do is done before the first client can write.
#
# reads:   $SETTINGS/secrets
# gives:   ACCOUNTS_SEEN
# exits:   never
load decide/row do/accounts do/replicate engine/current lib/facts lib/log lib/memory lib/places lib/status lib/time see/volume talk/sql

# The contents of the Secret for which the accounts were found right.
ACCOUNTS_SEEN=

# see_primary: the facts of decide/primary.sh.
see_primary() {
  local secrets
  read_record "$INSTANCE"
  learn writable no copy settled generation same accounts right
  if status_is read_only 0; then learn writable yes; fi
  if [[ -n ${RECORD[position]-} ]]; then learn copy unsettled; fi
  if ((${RECORD[generation]-1} > ${STATUS[generation]-1})); then learn generation newer; fi
  read_secrets
  secrets=$REPLY
  measure_memory accounts
  if [[ -n ${DONE[accounts]-} ]]; then return 0; fi
  if [[ $secrets != "$ACCOUNTS_SEEN" || ${STATUS[accounts]-} != "$ACCOUNTS_FINGERPRINT" ]] || ((AGE >= 300)); then learn accounts due; fi
}

# read_secrets: leaves all passwords in REPLY.
read_secrets() {
  local name password
  REPLY=
  for name in root replication clone monitor app; do
    password=
    read -r -d '' password 2> /dev/null < "$SETTINGS/secrets/$name" || true
    REPLY+=$name=$password$'\n'
  done
}

# lead: does DECISION of decide/primary.sh, and leaves in AGAIN whether the facts have changed.
lead() {
  look_again
  case $DECISION in
    seed-position) open_for_administrators && seed_position ;;
    begin-generation) open_for_administrators && begin_generation ;;
    keep-accounts) settle_accounts ;;
    open) open_for_clients ;;
    *) look_no_more ;;
  esac
}

settle_accounts() {
  did accounts yes
  if [[ ${FACT[writable]} == no ]]; then open_for_administrators || return 1; fi
  read_secrets
  keep_accounts || return 1
  ACCOUNTS_SEEN=$REPLY
  remember_time accounts
}

open_for_administrators() { let_administrators_write_sql | local_sql; }

open_for_clients() {
  open_for_administrators && replication_sql 'SET GLOBAL read_only = OFF' || return 1
  log "the primary accepts writes"
}

# begin_generation: a primary that goes on from a replica's data follows no server, and says so in the data.
begin_generation() {
  printf '%s; UPDATE mysql_sts.cluster SET generation = %s;\n' "$SQL_RESET_REPLICA_ALL" "${RECORD[generation]}" | local_sql || return 1
  log "this cluster goes on as generation ${RECORD[generation]}"
}
