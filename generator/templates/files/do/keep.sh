#!/usr/bin/env bash
# The verbs of decide/lease.sh. Each leaves in AGAIN whether what was learned asks for another decision in the same turn.
#
# reads:   FULLNAME
# gives:   SAID
# exits:   never
load decide/row do/connections do/hand-over do/lease do/members do/note do/vote lib/facts lib/log lib/time see/lease see/members talk/pod-status

# The reason that the condition gives now.
SAID=''

# keep: does DECISION, and says what is going on.
keep() {
  look_no_more
  if [[ -n $REASON ]]; then note_state "$REASON"; fi
  say_lease
  case $DECISION in
    create) create_lease || true ;;
    renew) renew || true ;;
    announce) announce || renew || true ;;
    hand-over) hand_over || renew || true ;;
    prove) prove || true ;;
    let-go) end_connections replication || true ;;
    vote) vote || true ;;
    apply) apply_all ;;
    take) take_lease || true ;;
    # The note that another pod leads is what ends the server: run/start-mysql.sh.
    fence | *) ;;
  esac
}

# say_lease: what is going on, in the log and in the pod's condition mysql-sts/Leading, once for as long as it holds.
say_lease() {
  local status=False
  lease_sentence
  if [[ $REASON == "$SAID" && -n $SAID ]]; then return 0; fi
  log_once keeper ${REPLY:+"$REPLY"}
  if [[ -z $REASON ]]; then return 0; fi
  if [[ $REASON == Leads ]]; then status=True; fi
  report_condition Leading "$status" "$REASON" "$REPLY" && SAID=$REASON
}

# lease_sentence: leaves in REPLY what the row means to a person; nothing where there is nothing to say.
lease_sentence() {
  case $ROW in
    begins | leads) REPLY="this pod leads in term ${HELD[term]-0}" ;;
    follows) REPLY="${HELD[holder]} leads in term ${HELD[term]}" ;;
    wins) REPLY='this pod has won the election' ;;
    votes) REPLY="the Lease of ${HELD[holder]} has expired: this replica votes" ;;
    deposed) REPLY="${HELD[holder]} leads, so the server of this pod is ended: it comes back as a replica" ;;
    blind-holder | blind | blind-and-closed) REPLY='the Kubernetes API does not answer' ;;
    no-lease) REPLY="there is no Lease $FULLNAME yet: the pod that led last makes it" ;;
    server-silent) REPLY='the server does not answer, so the Lease is not renewed' ;;
    cannot-open) REPLY='this pod holds the Lease and its server does not open, so the Lease is left to others' ;;
    stalled) REPLY='commits wait for an acknowledgement that does not come, so the Lease is left to others' ;;
    hears-primary) REPLY='the Lease has expired, and the primary can still be heard' ;;
    no-member) REPLY='the Lease has expired, and this replica may not vote: it has not caught up since it was cloned' ;;
    no-quorum) REPLY="the Lease of ${HELD[holder]} has expired, and too few replicas have voted" ;;
    others-have-more) REPLY='another voter has what this replica lacks' ;;
    *) REPLY='' ;;
  esac
}

# renew: what the Lease says of the members is right again with it.
renew() {
  see_members || true
  if renew_lease; then return 0; fi
  look_again
}

# prove: a write that changes nothing and that another pod acknowledges. Then the API is tried.
prove() {
  local sent
  read_uptime
  sent=$UPTIME
  if acknowledged_write; then note_until "$sent"; fi
  renew_lease
}
