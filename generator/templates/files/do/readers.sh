#!/usr/bin/env bash
# Takes readers away from replicas that are out of reach, with a primary that moves. Kubernetes notices a lost node after most of a minute, and never
# one that only its peers cannot reach.
#
# reads:   FULLNAME POD_NAME
# exits:   never
load lib/log lib/memory lib/time see/leader see/peers see/status talk/pod-status

# keep_readers: the primary asks the replicas only while there is a reason to, and for a minute after it has opened: of a pod that was lost together
# with the primary before, no connection tells it. Fails while the next pass should come soon.
keep_readers() {
  local number status=0
  measure_memory opened
  if ((AGE > 60)) && ! misses_anybody && ! sends_in_vain; then return 0; fi
  for ((number = 0; number < ${LEASE[members]:-0}; number++)); do
    if [[ ${POD_NAME##*-} == "$number" ]]; then continue; fi
    if is_heard "$number"; then forget "unheard_$number"; else miss "$number" || status=1; fi
  done
  return "$status"
}

misses_anybody() { [[ " ${!MEMORY[*]}" == *' unheard_'* ]]; }

# miss ORDINAL: once it has been silent for as long as a Lease counts, services do not lead to it. It labels itself again when it is back.
miss() {
  local since=unheard_$1
  if remembers "$since" detached; then return 0; fi
  if [[ -z ${MEMORY[$since]-} ]]; then remember_time "$since"; fi
  measure_memory "$since"
  if is_past_lease && label_pod "$FULLNAME-$1" detached; then
    remember "$since" detached
    log "$FULLNAME-$1 does not answer: it gets no readers until it says that it follows"
    return 0
  fi
  return 1
}

# keep_hearing: a replica that hears neither the primary nor another replica, while the Lease says that there is a primary, may have old data.
# Where others hear it, it is the primary that is cut off, and reading goes on.
keep_hearing() {
  receiver_state
  if [[ $REPLY != connecting || ${LEASE[age]-} != fresh ]]; then
    forget deaf deaf_since listened
    return 0
  fi
  if [[ -z ${MEMORY[deaf_since]-} ]]; then remember_time deaf_since; fi
  measure_memory deaf_since
  if ! is_past_lease; then return 0; fi
  measure_memory listened
  if ((AGE < 10)); then return 0; fi
  remember_time listened
  if hears_anybody; then
    forget deaf
  elif ! remembers deaf yes; then
    remember deaf yes
    log 'this replica hears no other pod: it gets no readers until it does'
  fi
}

hears_anybody() {
  local number
  for ((number = 0; number < ${LEASE[members]:-0}; number++)); do
    if [[ ${POD_NAME##*-} != "$number" ]] && is_heard "$number"; then return 0; fi
  done
  return 1
}
