#!/usr/bin/env bash
# The facts of decide/lease.sh that this pod knows by itself: of its server, of what it has promised, and of what is wished.
#
# reads:   POD_NAME STALL_FOR $INSTANCE/member $STATE/leading
# gives:   STALLED_SINCE STALLED_AT STALLED_VERSION CLOSED_SINCE ANNOUNCED PUT_OFF OPEN_WITHIN ANNOUNCED_FOR
# exits:   never
load lib/facts lib/places lib/status lib/time see/lease see/server see/status

# Seconds in which a holder must open its server, before it leaves the Lease to others.
readonly OPEN_WITHIN=120
# Seconds after which every replica has seen an announcement, and looks more often.
readonly ANNOUNCED_FOR=5

# Since when commits wait, how many had been acknowledged then, and the version of the Lease at which that counts as a stall.
STALLED_SINCE='' STALLED_AT='' STALLED_VERSION=''
# Since when this pod holds the Lease and takes no writes.
CLOSED_SINCE=''
# When the next holder was announced.
ANNOUNCED=''
# Until when no hand-over is tried, since one has just failed.
PUT_OFF=0

# see_keeper: leaves FACT[server], open, opening, stalled, overdue, io and member.
see_keeper() {
  learn server silent open no opening short stalled no overdue no io no member no
  if [[ -f $STATE/leading ]]; then learn open yes; fi
  if [[ -f $INSTANCE/member ]]; then learn member yes; fi
  see_opening
  # Replicas that come back wait for the Lease to change before they receive.
  if ((UPTIME - VERSION_SINCE >= 30)); then learn overdue yes; fi
  if look_at_server; then
    learn server answers
    receiver_state
    learn io "$REPLY"
    see_stall
  fi
  # The server may be ended meanwhile. What was stalled stays so until the Lease changes, or this pod would hold it for ever.
  if [[ -n $VERSION && $STALLED_VERSION == "$VERSION" ]]; then learn stalled yes; fi
}

# see_stall: commits wait for an acknowledgement, and none has come for a while.
see_stall() {
  read_uptime
  if [[ ${FACT[open]} == no ]] || ((${STATUS[waiting]-0} == 0)) || [[ ${STATUS[acknowledged]-} != "$STALLED_AT" ]]; then
    STALLED_SINCE=$UPTIME STALLED_AT=${STATUS[acknowledged]-}
  fi
  measure_seconds "$STALL_FOR"
  if ((UPTIME - STALLED_SINCE >= SECONDS_OF)); then STALLED_VERSION=$VERSION; fi
}

# see_opening: a holder whose server does not open leaves the Lease to others after a while.
see_opening() {
  read_uptime
  if [[ ${FACT[open]} == yes || ${FACT[lease]} != mine ]]; then CLOSED_SINCE=$UPTIME; fi
  if ((UPTIME - ${CLOSED_SINCE:-$UPTIME} >= OPEN_WITHIN)); then learn opening long; fi
}

# see_wish STOPPING: whether another pod shall lead, by the Lease's annotation or because this pod stops.
see_wish() {
  learn stopping "$1" wish none
  if [[ $1 == yes || (${HELD[primary]-$POD_NAME} != "$POD_NAME" && -n ${HELD[primary]-}) ]]; then learn wish wanted; fi
  read_uptime
  if ((UPTIME < PUT_OFF)); then learn wish none; fi
  if [[ ${FACT[wish]} == none || -z ${HELD[next]-} || -z $ANNOUNCED ]]; then return 0; fi
  learn wish announced
  measure_since "$ANNOUNCED"
  if ((AGE >= ANNOUNCED_FOR)); then learn wish due; fi
}

# put_off: a hand-over that fails is not tried again at once, and begins with a new choice.
put_off() {
  read_uptime
  PUT_OFF=$((UPTIME + 10)) ANNOUNCED=''
}

# was_announced: that the next holder is in the Lease.
was_announced() {
  read_uptime
  ANNOUNCED=$UPTIME
}
