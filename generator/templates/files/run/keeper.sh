#!/usr/bin/env bash
# Keeps the release's Lease, which says which pod is the primary: renews it while this pod leads, takes part in electing another when nobody
# renews it, and hands it over when another pod shall lead. It decides nothing else, and the server's own container ends a server that writes
# without a Lease (run/start-mysql.sh), so that a keeper that stands still does no harm.
#
# gives:   STOPPING LOOKED REST
# writes:  $RUN/lease-until
# exits:   0 when it is stopped and this pod does not lead any more
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load decide/lease do/keep do/lock do/note lib/facts lib/pause lib/places lib/time see/election see/first see/keeper see/lease talk/api talk/session

STOPPING=no
# When the API was asked last.
LOOKED=''

# look: a holder learns from its renewals. A replica asks often only while something is going on.
look() {
  begin_facts
  recall_lease
  see_keeper
  measure_since "$LOOKED"
  if must_ask && { is_busy || ((AGE >= 4)); }; then
    see_lease
    read_uptime
    LOOKED=$UPTIME
  fi
  if [[ ${FACT[held]} == mine ]]; then unlock_once; else lock_once; fi
  see_wish "$STOPPING"
  see_first
  if [[ ${FACT[lease]} == other ]]; then see_election; fi
}

# must_ask: a holder that takes writes learns from its renewals, and proves itself by a write where the API does not answer. One that
# leaves the Lease to others does not renew it, and would not hear who has taken it.
must_ask() { [[ ${FACT[held]} != mine || ${FACT[stalled]} == yes || (${FACT[lease]} == unknown && ${FACT[open]} == no) ]]; }

# lock_once, unlock_once: a lock ends with its connection, so it is asked for in each turn.
lock_once() { if [[ ${FACT[server]} == answers ]]; then ask_session "DO GET_LOCK('$SERVER_LOCK', 0);" || true; fi; }

unlock_once() {
  if [[ ${FACT[server]} == answers && -z ${HELD[next]-} ]]; then unlock_server; fi
}

# is_busy: whether the Lease may change any moment.
is_busy() { [[ ${FACT[io]} != yes || -n ${HELD[next]-} || ${FACT[age]} == expired || ${FACT[lease]} != other ]] || is_promised; }

turn() {
  look
  decide_lease
  keep
  if [[ $AGAIN == yes ]]; then
    decide_lease
    keep
  fi
  note
}

# note: and wakes the agent when another pod leads than before, or when its server waits to be opened.
note() {
  local receive=yes
  if is_promised; then receive=no; fi
  if note_lease "$receive" || [[ ${FACT[held]} == mine && ${FACT[open]} == no ]]; then wake agent; fi
}

rest() {
  REST=2
  if [[ ${FACT[held]} != mine ]] && is_busy; then REST=0.3; fi
}

# is_needed: while this pod is being stopped, until another leads or the server is gone.
is_needed() { [[ $STOPPING == no || (${FACT[held]} == mine && ${FACT[server]} == answers) ]]; }

main() {
  trap 'STOPPING=yes' TERM INT
  be_impatient
  use_one_connection
  open_pause keeper
  rm -f "$RUN/lease-until"
  turn
  while is_needed; do
    rest
    pause "$REST"
    turn
  done
  close_session
  close_api
}

main
