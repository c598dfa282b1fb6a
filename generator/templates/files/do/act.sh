#!/usr/bin/env bash
# The verbs of decide/replica.sh. Each leaves in AGAIN whether it has changed the facts, so that the pass looks and decides once more.
#
# writes:  $INSTANCE/in-touch $INSTANCE/agreed $INSTANCE/ahead-of-primary
# exits:   never
load decide/row do/ask do/repair do/replicate do/semi-sync engine/current lib/facts lib/files lib/log lib/memory lib/places lib/time see/source see/volume

# act: does DECISION. Fails when the server does not.
act() {
  look_no_more
  case $DECISION in
    none | wait) ;;
    report) repair "$REASON" ;;
    note-touch) stamp > "$INSTANCE/in-touch" && drop_copy ;;
    ask) look_again && ask_primary && note_agreement ;;
    seed-position) look_again && seed_position ;;
    forget-mark) look_again && rm -f "$AHEAD" ;;
    apply-received) apply_received ;;
    stop-receiving) stop_receiving ;;
    leave) leave_primary ;;
    ask-twice) look_again && ask_twice ;;
    mark-ahead) stop_receiving && mark_ahead ;;
    point) look_again && point_at_primary && follow ;;
    start) look_again && follow ;;
    connect) look_again && connect_again ;;
    start-receiving) look_again && did restarted now && replication_sql "$SQL_START_REPLICA" ;;
    reconnect) reconnect ;;
    join) look_again && join_members ;;
    *) log "no verb is called $DECISION, which row $ROW asks for" && return 1 ;;
  esac
}

# note_agreement: when the primary had all that this replica has, and its position then.
note_agreement() {
  if [[ ${FACT[source]} != answers || ${FACT[cluster]} != same || ${FACT[generation]} == older || ${FACT[history]} != common ]]; then return 0; fi
  { stamp && printf '%s\n' "${SOURCE[position]-}"; } > "$AGREED"
}

# ask_twice: before a primary counts as one that lost what it wrote. Not later: one that is written to takes the numbers again.
ask_twice() {
  stop_receiving
  sleep 2
  remember lost_once yes
  ask_primary
  forget lost_once
  note_agreement
}

# mark_ahead: the mark stays until the release has gone on from a replica. As soon as the primary has written as many other transactions,
# their numbers are taken, and the two histories could not be told apart.
mark_ahead() {
  { stamp && printf '%s\n' "${TEXT[lost]}"; } > "$AHEAD.new"
  sync_to_disk "$AHEAD.new"
  mv -f "$AHEAD.new" "$AHEAD"
}
