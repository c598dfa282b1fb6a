#!/usr/bin/env bash
# What the agent knows from earlier passes about the running server, in one file. A server that is started begins without.
# Times are uptimes. The keys:
#   following        yes, once replication was started
#   reach            the position that the primary had then;  reached: yes, once the replica had it
#   asked            when the primary was asked;  asked_read, asked_position: what the replica had read then, and what the primary had
#   missed           the position of the primary up to which this replica lacks what no log brings
#   source_away      yes, while the primary does not answer
#   reconnected      when a new connection was tried
#   held, held_since the state that does not pass by itself, and since when;  refusal: what the readiness probe says of it
#   said             the state and the sentence that were written last
#   uncounted, uncounted_since   what the primary has sent and does not count yet, and since when
#   lost_once        yes, between the two questions to a primary that may have lost what it wrote
#   term             the term of the Lease that the claim names
#   writable_since   since when it takes writes, by the wall clock
#   role, labelled   the label that the pod carries, and since when
#   opened           when this pod began to lead;  unheard_N: since when it has not heard of pod N, or detached: N gets no readers
#   deaf             yes, while this replica hears no other pod;  deaf_since, listened: since when no primary, and when the others were asked
#
# gives:   MEMORY MEMORY_CHANGED
# writes:  $STATE/memory
# exits:   never
load lib/places lib/time

declare -gA MEMORY
MEMORY=()

# recall: reads it.
recall() {
  local line
  MEMORY=() MEMORY_CHANGED=no
  while IFS= read -r line; do
    if [[ $line == *=* ]]; then MEMORY[${line%%=*}]=${line#*=}; fi
  done 2> /dev/null < "$STATE/memory" || true
}

# remember KEY VALUE
remember() {
  if [[ ${MEMORY[$1]-} == "$2" ]]; then return 0; fi
  MEMORY[$1]=$2
  MEMORY_CHANGED=yes
}

# remember_time KEY: that it was now.
remember_time() {
  read_uptime
  remember "$1" "$UPTIME"
}

# forget KEY...
forget() {
  local key
  for key in "$@"; do
    if [[ -z ${MEMORY[$key]+known} ]]; then continue; fi
    unset "MEMORY[$key]"
    MEMORY_CHANGED=yes
  done
}

# remembers KEY VALUE: whether that is known.
remembers() { [[ ${MEMORY[$1]-} == "$2" ]]; }

# measure_memory KEY: leaves in AGE how many seconds ago the time under KEY was; very many when there is none.
measure_memory() {
  measure_since "${MEMORY[$1]-}"
}

# keep_memory: writes it when it has changed, in one step. Without $STATE there is no server that it could be about.
keep_memory() {
  local key text=''
  if [[ $MEMORY_CHANGED == no || ! -d $STATE ]]; then return 0; fi
  for key in "${!MEMORY[@]}"; do text+="$key=${MEMORY[$key]//$'\n'/ }"$'\n'; done
  printf '%s' "$text" > "$STATE/memory.new"
  mv -f "$STATE/memory.new" "$STATE/memory"
  MEMORY_CHANGED=no
}
