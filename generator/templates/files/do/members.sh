#!/usr/bin/env bash
# Changes how many pods count, and how many acknowledgements, as the release grows and shrinks. Elections count votes by what the Lease says, so it
# says nothing that is not true of every write that was acknowledged before.
#
# reads:   POD_NAME
# gives:   MEMBERS_CHANGE
# writes:  $RUN/peer.log
# exits:   never
load do/fitness engine/current lib/log lib/pod lib/status see/lease see/members talk/session talk/sql

# The annotations that change, as JSON without braces.
MEMBERS_CHANGE=''

# plan_members: leaves them in MEMBERS_CHANGE. New pods may vote at once: their votes count by the old number of acknowledgements.
plan_members() {
  local known=${HELD[members]-0}
  MEMBERS_CHANGE=''
  if [[ -z ${HELD[members]-} ]]; then
    acks_of "$PODS"
    members_change "$PODS" "$REPLY"
  elif ((PODS > known)); then
    members_change "$PODS" "${HELD[acks]-1}"
  elif ((PODS < known && PODS >= 3)); then
    shrink_members
  else
    raise_acks
  fi
}

members_change() { MEMBERS_CHANGE="\"mysql-sts/members\":\"$1\",\"mysql-sts/acks\":\"$2\""; }

# raise_acks: when the server waits for the new number already, and a write has shown that all before it are on so many pods.
raise_acks() {
  wanted_acks
  if ((REPLY <= ${HELD[acks]-0})) || ! status_is acks "$REPLY" || ! status_is waits 1; then return 0; fi
  if acknowledged_write; then members_change "${HELD[members]}" "$REPLY"; fi
}

# acknowledged_write: writes what changes nothing, and waits until as many pods have it as the server asks for.
acknowledged_write() { printf 'CREATE DATABASE IF NOT EXISTS mysql_sts;\n' | SQL_LIMIT=2 local_sql; }

# shrink_members: when those that stay are the only ones that receive, and have all that was written until now.
shrink_members() {
  local number position
  if ! status_is receivers "$((PODS - 1))"; then return 0; fi
  position=$(position_sql | session_rows) || return 0
  for ((number = 0; number < PODS; number++)); do
    if [[ ${POD_NAME##*-} == "$number" ]]; then continue; fi
    if ! is_fit "$number" || ! peer_has "$number" "$position"; then
      log_once shrink "the release shrinks to $PODS pods, and $(pod_host "$number") $REPLY: the Lease counts ${HELD[members]} pods until then"
      return 0
    fi
  done
  log_once shrink
  acks_of "$PODS"
  members_change "$PODS" "$REPLY"
}
