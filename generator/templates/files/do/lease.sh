#!/usr/bin/env bash
# Changes the Lease. Every change names the version that it replaces, so of two that try at once only one succeeds.
#
# reads:   FULLNAME POD_NAME
# gives:   LEASE_TIME
# exits:   never
load do/members do/note lib/facts lib/log lib/time see/first see/keeper see/lease see/members talk/api talk/kube

# lease_time: leaves in LEASE_TIME the time as the Lease has it. It is for people: no decision reads it.
lease_time() { TZ=UTC printf -v LEASE_TIME '%(%FT%T)T.000000Z' -1; }

# change_lease SPEC ANNOTATIONS: the fields that change, as JSON without braces.
change_lease() {
  local sent
  read_uptime
  sent=$UPTIME
  api PATCH "$(lease_path)" "{\"metadata\":{\"resourceVersion\":\"$VERSION\",\"annotations\":{$2}},\"spec\":{$1}}" || true
  learn_change "$sent"
}

# learn_change SENT: who holds the Lease after a change was tried. One that came too late (409) is looked at.
learn_change() {
  local status=$KUBE_STATUS
  if [[ $status == 409 ]]; then see_lease; else learn_lease; fi
  if [[ $status != 2* ]]; then return 1; fi
  if [[ ${FACT[lease]} == mine ]]; then note_until "$1"; fi
}

# renew_lease: takes the name of a next holder out that nobody waits for.
renew_lease() {
  local annotations
  lease_time
  plan_members
  annotations=$MEMBERS_CHANGE
  if [[ -n ${HELD[next]-} && -z $ANNOUNCED ]]; then annotations+="${annotations:+,}\"mysql-sts/next\":null"; fi
  change_lease "\"renewTime\":\"$LEASE_TIME\"" "$annotations"
}

# take_lease: after an election that this pod has won.
take_lease() {
  local previous=${HELD[holder]}
  lease_time
  change_lease "$(holder_fields "$POD_NAME")" "\"mysql-sts/previous\":\"$previous\",\"mysql-sts/next\":null" || return 1
  log "won the election: leads in term ${HELD[term]} after $previous"
}

# give_lease POD: to a pod that has everything.
give_lease() {
  lease_time
  change_lease "$(holder_fields "$1")" "\"mysql-sts/previous\":\"$POD_NAME\",\"mysql-sts/next\":null,\"mysql-sts/primary\":null"
}

# holder_fields POD: with the time in LEASE_TIME.
holder_fields() {
  printf '"holderIdentity":"%s","leaseTransitions":%s,"acquireTime":"%s","renewTime":"%s"' "$1" "$((HELD[term] + 1))" "$LEASE_TIME" "$LEASE_TIME"
}

# announce_next POD
announce_next() {
  lease_time
  change_lease "\"renewTime\":\"$LEASE_TIME\"" "\"mysql-sts/next\":\"$1\""
}

# create_lease: the first pod of a release, or the last that led where a person has deleted the Lease. It goes with the StatefulSet.
create_lease() {
  local sent
  read_uptime
  sent=$UPTIME
  see_members || return 1
  plan_members
  lease_time
  if [[ ${FACT[lease]} == free ]]; then
    change_lease "\"holderIdentity\":\"$POD_NAME\",\"leaseTransitions\":0,\"acquireTime\":\"$LEASE_TIME\",\"renewTime\":\"$LEASE_TIME\"" \
      "$MEMBERS_CHANGE"
    return
  fi
  api POST "$(leases_path)" "$(lease_body)" || true
  learn_change "$sent" || return 1
  log "the Lease $FULLNAME is made: this pod leads"
}

lease_body() {
  printf '{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"%s","annotations":{%s},"ownerReferences":[%s]},' \
    "$FULLNAME" "$MEMBERS_CHANGE" \
    "{\"apiVersion\":\"apps/v1\",\"kind\":\"StatefulSet\",\"name\":\"$FULLNAME\",\"uid\":\"$RELEASE_UID\"}"
  printf '"spec":{"holderIdentity":"%s","leaseTransitions":%s,"acquireTime":"%s","renewTime":"%s"}}' "$POD_NAME" "$LAST_TERM" "$LEASE_TIME" "$LEASE_TIME"
}
