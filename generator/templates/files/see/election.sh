#!/usr/bin/env bash
# The votes for this version of the Lease: annotations on the claims of the replicas, each with the position up to which it has everything.
#
# reads:   FULLNAME POD_NAME
# gives:   VOTED_VERSION VOTED_POSITION ENOUGH_SINCE
# exits:   never
load engine/current lib/facts lib/time see/claims see/lease talk/api talk/session

# The version that this pod has voted for, and what it had then.
VOTED_VERSION='' VOTED_POSITION=''
# Since when there are enough votes.
ENOUGH_SINCE=''

# has_voted POSITION: for the version that this pod sees.
has_voted() { VOTED_VERSION=$VERSION VOTED_POSITION=$1; }

# is_promised: whether this pod must not receive. It has voted for this version, or may have done so before the keeper started: then it waits
# until it sees the Lease change. Without a Lease no vote can elect anybody.
is_promised() { [[ -n $VERSION ]] && [[ $VOTED_VERSION == "$VERSION" || $FIRST_VERSION == "$VERSION" ]]; }

# see_election: leaves FACT[vote], votes, covers, applied and turn.
see_election() {
  learn vote none votes few covers no applied no turn later
  if [[ -z $VERSION || $VOTED_VERSION != "$VERSION" ]]; then
    ENOUGH_SINCE=''
    return 0
  fi
  learn vote cast
  count_votes
  if [[ ${FACT[votes]} == few ]]; then return 0; fi
  read_uptime
  ENOUGH_SINCE=${ENOUGH_SINCE:-$UPTIME}
  if ((UPTIME - ENOUGH_SINCE >= 3)); then learn turn mine; fi
  see_applied
}

# count_votes: whoever has led may not vote, so any m - k of the others include one of every k that acknowledged a write.
count_votes() {
  local number count=1 lower=no missing=no position wanted=$((${HELD[members]-99} - ${HELD[acks]-0}))
  for ((number = 0; number < ${HELD[members]-0}; number++)); do
    if [[ $FULLNAME-$number == "$POD_NAME" || $FULLNAME-$number == "${HELD[holder]}" ]]; then continue; fi
    if ! api GET "$(claim_path "$number")" || [[ $(annotation vote) != "$VERSION" ]]; then continue; fi
    count=$((count + 1))
    position=$(annotation vote-position)
    if ! position_covers "$VOTED_POSITION" "$position" session_rows; then missing=yes; fi
    if ((number < ${POD_NAME##*-})) && position_covers "$position" "$VOTED_POSITION" session_rows; then lower=yes; fi
  done
  if ((count >= wanted)); then learn votes enough; fi
  if [[ $missing == no ]]; then learn covers yes; fi
  if [[ $lower == no ]]; then learn turn mine; fi
}

see_applied() {
  if position_covers "$(position_sql | session_rows)" "$VOTED_POSITION" session_rows; then learn applied yes; fi
}
