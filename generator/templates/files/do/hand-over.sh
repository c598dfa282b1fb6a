#!/usr/bin/env bash
# The primary leads no longer because somebody wants it: it closes for writes, waits until another pod has everything, and gives it the Lease.
# Whatever goes wrong before the Lease is given, it opens again.
#
# reads:   FULLNAME POD_NAME
# gives:   SUCCESSOR
# writes:  $RUN/peer.log $RUN/no-successor $RUN/lease-until $STATE/leading
# exits:   never
load do/connections do/fitness do/lease do/lock engine/current lib/log lib/places lib/status lib/time see/keeper see/lease see/server talk/session

# The pod that shall lead next.
SUCCESSOR=''

# announce: chooses the pod that shall lead, and says so, since then its keeper looks more often.
announce() {
  choose_successor || return 1
  announce_next "$SUCCESSOR" || return 1
  was_announced
  log "hands over to $SUCCESSOR"
}

# choose_successor: the one that a person wishes, or the first replica that is fit.
choose_successor() {
  local number reasons=''
  for ((number = 0; number < ${HELD[members]-0}; number++)); do
    SUCCESSOR=$FULLNAME-$number
    if [[ $SUCCESSOR == "$POD_NAME" || (-n ${HELD[primary]-} && ${HELD[primary]} != "$POD_NAME" && ${HELD[primary]} != "$SUCCESSOR") ]]; then continue; fi
    renew_lease || return 1
    if is_fit "$number"; then
      rm -f "$RUN/no-successor"
      log_once successor
      return 0
    fi
    reasons+="${reasons:+; }$SUCCESSOR $REPLY"
  done
  SUCCESSOR=''
  : > "$RUN/no-successor"
  log_once successor "no pod can lead instead of this one: ${reasons:-the release has no pod ${HELD[primary]-}}"
  return 1
}

# hand_over: the seconds without a primary begin when it closes, and end when the other has seen that it leads. Where it fails, this pod opens
# again as after a start: when a renewal has shown that the Lease was not given away after all.
hand_over() {
  local position
  renew_lease || return 1
  put_off
  if [[ $SUCCESSOR != "${HELD[next]-}" ]] || ! close_for_writes; then return 1; fi
  position=$(position_sql | session_rows)
  if wait_until 3 successor_has "$position" && give_lease "$SUCCESSOR"; then
    log "$SUCCESSOR leads in term ${HELD[term]}"
    end_connections clients || true
    return 0
  fi
  log "$SUCCESSOR did not get everything in time, or the Lease could not be given to it"
  return 1
}

# close_for_writes: first the lock without which the agent cannot open the server again (do/lead.sh). A server that is started again meanwhile
# stays closed, too. No commit may wait for an acknowledgement: another pod could give it later.
close_for_writes() {
  lock_server || return 1
  rm -f "$STATE/leading" "$RUN/lease-until"
  ask_session 'SET SESSION lock_wait_timeout = 1;' "SET GLOBAL $OPTION_READ_ONLY = ON;" || return 1
  look_at_server && status_is waiting 0
}

successor_has() { peer_has "${SUCCESSOR##*-}" "$1"; }
