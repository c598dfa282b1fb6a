#!/usr/bin/env bash
# What each row of decide/replica.sh means to the person who reads it.
#
# reads:   SECRET_KEY_REPLICATION AUTH_SECRET FULLNAME
# gives:   SENTENCE STOPPED_BY_HAND
# exits:   never
load engine/current lib/facts see/leader

sentence_of() {
  case $1 in
    replicating | fresh | lagging) SENTENCE="follows $FULLNAME-${LEADER:-0}.$FULLNAME" ;;
    connecting | away) SENTENCE="no connection to the primary: ${TEXT[io_error]##*[Mm]essage: }" ;;
    way-unknown) SENTENCE="the primary does not answer: ${TEXT[source_error]}" ;;
    way-silent | ahead-alone) SENTENCE="out of touch with the primary: ${TEXT[source_error]}" ;;
    promised) SENTENCE='waits until the Lease changes before it receives, since it may have voted in an election' ;;
    catching-up) SENTENCE='catching up with the primary' ;;
    dead-connection)
      SENTENCE='the connection brings nothing of what the primary has written, as one to a server that was the primary before: connecting anew'
      ;;
    *) sentence_of_held "$1" ;;
  esac
}

# The rows of states that do not pass by themselves.
sentence_of_held() {
  case $1 in
    way-refused) SENTENCE="the primary refuses the account replication: ${TEXT[source_error]}" ;;
    password-too-long)
      SENTENCE="key '$SECRET_KEY_REPLICATION' of Secret $AUTH_SECRET has more than the $SOURCE_PASSWORD_BYTES bytes that $ENGINE_NAME takes"
      SENTENCE+=' for the password of the replication account: give it a shorter one'
      ;;
    purged) SENTENCE="the primary has purged binary logs that this replica needs (${TEXT[io_error]})" ;;
    errant) SENTENCE="this replica has transactions that the primary does not have: ${TEXT[errant]}" ;;
    missing) SENTENCE="this replica has read everything and lacks what the primary has: ${TEXT[missing]}" ;;
    apply-failed) SENTENCE="changes are not applied: ${TEXT[sql_error]}" ;;
    applier-stopped) SENTENCE="changes are not applied: $STOPPED_BY_HAND" ;;
    receiver-stopped) SENTENCE="replication is stopped: $STOPPED_BY_HAND" ;;
    connection-failed) SENTENCE="replication has no connection: ${TEXT[io_error]}" ;;
    ahead | lost)
      SENTENCE="the primary wrote transactions that it no longer has, and this replica has them (${TEXT[lost]}): an older state of the"
      SENTENCE+=" primary's volume has come back. Go on from this replica (recovery.primaryVolumeLost), or, where these may be lost, delete"
      SENTENCE+=" this replica's claim and pod"
      ;;
    other-cluster)
      SENTENCE="the primary holds another cluster (${TEXT[source_cluster]}) than this replica (${TEXT[own_cluster]}):"
      SENTENCE+=" bring the right primary back, or delete this replica's claim and pod"
      ;;
    older-primary)
      SENTENCE="the primary's data is of generation ${TEXT[source_generation]} and this replica's of ${TEXT[own_generation]}:"
      SENTENCE+=" an old volume has come back as the primary's"
      ;;
    *) SENTENCE='' ;;
  esac
}

readonly STOPPED_BY_HAND="somebody stopped it by hand; start it again with $SQL_START_REPLICA"
