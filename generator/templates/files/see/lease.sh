#!/usr/bin/env bash
# The release's Lease as the Kubernetes API shows it, and for how long it has not changed by this pod's own clock. Its annotations:
#   mysql-sts/members   how many pods, from ordinal 0, may acknowledge and vote
#   mysql-sts/acks      how many acknowledgements a commit waits for
#   mysql-sts/previous  who led before
#   mysql-sts/next      who is about to lead, as the holder announces
#   mysql-sts/primary   who shall lead, as a person wishes
#
# reads:   FULLNAME LEASE_FOR POD_NAME POD_NAMESPACE
# gives:   HELD LEASE_STATUS VERSION VERSION_SINCE FIRST_VERSION
# exits:   never
load lib/facts lib/time talk/api talk/kube

# What was read last, by field. It stays while the API does not answer.
declare -gA HELD
HELD=()
# The status of that answer.
LEASE_STATUS=000
# Its version, when this pod first saw that version, and the version that it saw first since the keeper started.
VERSION='' VERSION_SINCE=0 FIRST_VERSION=''

leases_path() { printf '/apis/coordination.k8s.io/v1/namespaces/%s/leases' "$POD_NAMESPACE"; }

lease_path() {
  leases_path
  printf '/%s' "$FULLNAME"
}

# see_lease: asks for it, and leaves FACT[lease], held and age.
see_lease() {
  api GET "$(lease_path)" || true
  learn_lease
}

# learn_lease: from the answer that came last.
learn_lease() {
  LEASE_STATUS=$KUBE_STATUS
  case $LEASE_STATUS in
    2*) read_lease_body ;;
    404) HELD=() ;;
    *) ;;
  esac
  recall_lease
}

# recall_lease: from the last answer about the Lease, without a question.
recall_lease() {
  learn lease other held other
  if [[ ${HELD[holder]-} == "$POD_NAME" ]]; then learn lease mine held mine; fi
  if [[ -z ${HELD[holder]-} ]]; then learn lease free; fi
  case $LEASE_STATUS in
    2*) ;;
    404) learn lease absent ;;
    *) learn lease unknown ;;
  esac
  see_age
}

# see_age: judged by this pod alone, on a clock that no correction moves.
see_age() {
  read_uptime
  measure_seconds "$LEASE_FOR"
  learn age fresh
  if [[ ${HELD[version]-} != "$VERSION" ]]; then
    VERSION=${HELD[version]-} VERSION_SINCE=$UPTIME FIRST_VERSION=${FIRST_VERSION:-$VERSION}
  elif ((UPTIME - VERSION_SINCE >= SECONDS_OF)); then
    learn age expired
  fi
}

read_lease_body() {
  local name
  HELD=()
  lease_text resourceVersion && HELD[version]=$REPLY
  lease_text holderIdentity && HELD[holder]=$REPLY
  HELD[term]=0
  if [[ $KUBE_BODY =~ \"leaseTransitions\":\ ?([0-9]+) ]]; then HELD[term]=${BASH_REMATCH[1]}; fi
  for name in members acks previous next primary; do
    lease_text "mysql-sts/$name" && HELD[$name]=$REPLY
  done
  return 0
}

# lease_text NAME: leaves in REPLY what the field holds; fails when there is none.
lease_text() {
  local pattern="\"$1\": ?\"([^\"]*)\""
  [[ $KUBE_BODY =~ $pattern ]] && REPLY=${BASH_REMATCH[1]}
}
