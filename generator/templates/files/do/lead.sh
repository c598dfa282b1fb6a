#!/usr/bin/env bash
# Keeps the primary writable. Everything that only its own agent may do is done before the first client can write.
#
# reads:   $SETTINGS/secrets $RUN/server.cnf
# gives:   ACCOUNTS_SEEN
# writes:  $STATE/leading $INSTANCE/led $INSTANCE/member
# exits:   never
load decide/row do/accounts do/claim do/lock do/replicate do/semi-sync engine/current lib/facts lib/log lib/memory lib/places lib/status lib/time see/leader see/volume talk/session talk/sql

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
  see_leadership
  read_secrets
  secrets=$REPLY
  measure_memory accounts
  if [[ -n ${DONE[accounts]-} ]]; then return 0; fi
  if [[ $secrets != "$ACCOUNTS_SEEN" || ${STATUS[accounts]-} != "$ACCOUNTS_FINGERPRINT" ]] || ((AGE >= 300)); then learn accounts due; fi
}

# see_leadership: what only a primary that moves has to care for. Its accounts came with its data, so it opens first and looks at them then.
see_leadership() {
  learn lease held following no acks right
  if ! moves; then return 0; fi
  if ! lease_is_held; then learn lease lost; fi
  if [[ -n ${STATUS[$COLUMN_SOURCE_HOST]-} ]]; then learn following yes; fi
  if ! status_is waits 1 || ! status_is acknowledges 0 || ! status_is acks "${LEASE[acks]:-1}"; then learn acks wrong; fi
  if [[ ${FACT[writable]} == no && -n ${STATUS[accounts]-} ]] || ((${STATUS[waiting]-0} > 0)); then did accounts later; fi
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
    take-over) take_over ;;
    demand-acknowledgements) demand_acknowledgements ;;
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
  if moves; then
    open_as_holder
    return
  fi
  open_for_administrators && replication_sql 'SET GLOBAL read_only = OFF' || return 1
  log "the primary accepts writes"
}

# take_over: this pod led by another's data until now. What it remembers as a replica is over.
take_over() {
  forget following reach reached asked asked_read asked_position missed source_away held held_since refusal said
  replication_sql "$SQL_STOP_REPLICA" "$SQL_RESET_REPLICA_ALL"
}

# open_as_holder: the claim says first in which term this pod led, so that a release that has lost its Lease finds the pod that led last.
open_as_holder() {
  local statements
  note_term "${LEASE[term]-0}" || return 1
  if ! lock_server; then
    log 'another pod is about to lead, so this one does not open'
    return 1
  fi
  : > "$STATE/leading"
  : > "$INSTANCE/led"
  rm -f "$INSTANCE/member"
  mapfile -t statements < <(opening_sql)
  ask_session ${statements[@]+"${statements[@]}"} || return 1
  start_events
  remember_time opened
  log "the primary accepts writes in term ${LEASE[term]-0}"
}

# start_events: as a person's configuration says, or else as the engine does.
start_events() {
  local line wanted=$EVENTS_BY_DEFAULT
  while IFS= read -r line; do
    line=${line,,}
    if [[ $line =~ ^[[:space:]]*event[_-]scheduler[[:space:]]*=[[:space:]]*([a-z0-9]+) ]]; then wanted=${BASH_REMATCH[1]}; fi
  done < "$RUN/server.cnf"
  case ${wanted,,} in
    on | 1) ask_session 'SET GLOBAL event_scheduler = ON;' ;;
    *) ;;
  esac
}

# begin_generation: a primary that goes on from a replica's data follows no server, and says so in the data.
begin_generation() {
  printf '%s; UPDATE mysql_sts.cluster SET generation = %s;\n' "$SQL_RESET_REPLICA_ALL" "${RECORD[generation]}" | local_sql || return 1
  log "this cluster goes on as generation ${RECORD[generation]}"
}
