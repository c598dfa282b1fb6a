#!/usr/bin/env bash
# Listens on the clone port, where a certificate of the release's authority is the only way in, and starts serve-clone.sh
# for each peer that has shown one. Who shows none in time is hung up: connections that are only held open keep peers out.
#
# reads:   $SETTINGS/tls
# gives:   CONNECTIONS HANDSHAKE PARENT BEGAN HAS_CHILD SINCE LISTENER
# exits:   0 when it is stopped; else as socat
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load lib/places lib/pod talk/stream

# How many connections there may be at a time, and the seconds that a peer has to show its certificate.
readonly CONNECTIONS=32
readonly HANDSHAKE=10

# Each process' parent, the time at which it began, and whether it is a parent itself, by its number.
declare -A PARENT=() BEGAN=() HAS_CHILD=()
# Since when each connection is known, or "certified", by the number and the beginning of its process: numbers come again.
declare -A SINCE=()

# both_families: prints the options with which socat takes connections of both families of addresses, as the servers do; by itself it
# takes those of IPv4 alone. Nothing where the node knows no IPv6.
both_families() { if [[ -n $(cat /proc/net/if_inet6 2> /dev/null) ]]; then printf ',pf=ip6,ipv6-v6only=0'; fi; }

# listen: all pods show the same certificate, and others of its authority may be somebody else's. The process of a connection has no child before the peer has shown its certificate.
listen() {
  local name tls
  name=$(pod_host 0)
  tls="cafile=$SETTINGS/tls/ca.crt,cert=$SETTINGS/tls/tls.crt,key=$SETTINGS/tls/tls.key,verify=1,commonname=$name"
  exec socat -b "$BLOCK" -T "$SILENCE" "OPENSSL-LISTEN:3307,reuseaddr,fork,backlog=128,max-children=$CONNECTIONS,$tls$(both_families)" \
    "EXEC:bash $SCRIPTS/run/serve-clone.sh,sndbuf=$SEND_AHEAD"
}

look_around() {
  local file line process fields
  PARENT=() BEGAN=() HAS_CHILD=()
  for file in /proc/[0-9]*/stat; do
    # A process may end before it is read.
    read -r line 2> /dev/null < "$file" || continue
    process=${line%% *}
    # The name, in parentheses, may hold anything; after it come the state and the parent.
    read -r -a fields <<< "${line##*) }"
    PARENT[$process]=${fields[1]}
    BEGAN[$process]=${fields[19]}
    HAS_CHILD[${fields[1]}]=yes
  done
}

# hang_up LIMIT: ends the connections that have been there for so many seconds without a certificate.
hang_up() {
  local process key
  local -A known=()
  look_around
  for process in "${!PARENT[@]}"; do
    if [[ ${PARENT[$process]} != "$LISTENER" ]]; then continue; fi
    key=$process.${BEGAN[$process]}
    known[$key]=${SINCE[$key]-$SECONDS}
    if [[ -n ${HAS_CHILD[$process]-} ]]; then known[$key]=certified; fi
    if [[ ${known[$key]} == certified ]] || ((SECONDS - known[$key] < $1)); then continue; fi
    kill "$process" 2> /dev/null || true
  done
  SINCE=()
  for key in "${!known[@]}"; do SINCE[$key]=${known[$key]}; done
}

# stop: clones that are being served go on.
stop() {
  hang_up 0
  kill "$LISTENER" 2> /dev/null || true
  exit 0
}

main() {
  listen &
  LISTENER=$!
  trap stop TERM INT
  while kill -0 "$LISTENER" 2> /dev/null; do
    hang_up "$HANDSHAKE"
    # Looking around costs as much as the agent itself, so it is done less often while nobody is connected.
    sleep "$((${#SINCE[@]} > 0 ? 1 : 5))" &
    wait "$!" || true
  done
  wait "$LISTENER"
}

main
