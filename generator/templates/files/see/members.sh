#!/usr/bin/env bash
# How many pods the release has, and how many acknowledgements a commit waits for. The holder of the Lease keeps both numbers in it: replicas
# count votes by what the Lease says.
#
# reads:   FULLNAME POD_NAMESPACE
# gives:   PODS RELEASE_UID MEMBERS_SEEN
# exits:   never
load engine/current lib/log lib/time see/lease talk/api talk/kube

# The StatefulSet's pods and its name for all times, and when that was asked last.
PODS=0 RELEASE_UID='' MEMBERS_SEEN=''

# see_members: asks for the StatefulSet, at most every half minute.
see_members() {
  measure_since "$MEMBERS_SEEN"
  if ((AGE < 30)); then return 0; fi
  if ! api GET "/apis/apps/v1/namespaces/$POD_NAMESPACE/statefulsets/$FULLNAME"; then
    log_once members "the StatefulSet $FULLNAME could not be read (Kubernetes API status $KUBE_STATUS), so the number of pods is not known"
    return 1
  fi
  log_once members
  if [[ $KUBE_BODY =~ \"spec\":\{\"replicas\":([0-9]+) ]]; then PODS=${BASH_REMATCH[1]}; fi
  lease_text uid && RELEASE_UID=$REPLY
  MEMBERS_SEEN=$UPTIME
}

# acks_of PODS: leaves in REPLY how many acknowledgements a commit waits for: with so many, most of the pods have it.
acks_of() {
  REPLY=$(($1 / 2))
  if [[ -z $SEMI_SYNC_ACKS || $REPLY == 0 ]]; then REPLY=1; fi
}

# wanted_acks: leaves in REPLY what the server must wait for: as the Lease says, or more before it says so.
wanted_acks() {
  acks_of "${HELD[members]-1}"
  if ((${HELD[acks]-0} > REPLY)); then REPLY=${HELD[acks]}; fi
}
