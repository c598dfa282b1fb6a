#!/usr/bin/env bash
# The probes. Standard output is what kubectl describe shows of a failure.
#   started SECONDS  the server answers, for which it has this time; it has the same time again to be ready, but need not be
#   alive            the server answers: never a question of replication, passwords or load
#   ready            the primary is writable; a replica replicates, or has lost touch with the primary a short time ago
#   donor            a copy of this server is worth having: as ready, but however far behind or long out of touch
#   agent            the agent has begun a pass not long ago
#
# gives:   NOTES FRESH STUCK FRESH_ENOUGH
# writes:  $RUN/monitor.cnf $RUN/monitor-new.cnf
# exits:   0 for yes; 1 for no
set -Eeuo pipefail

readonly NOTES=/run/mysql-sts
# Seconds for which the agent's verdict counts. It makes one every five.
readonly FRESH=10
# The same where the server has no place left for another question.
readonly FRESH_ENOUGH=60
# Seconds after which an agent that begins no pass is stuck.
readonly STUCK=120

# fresh_verdict SECONDS: answers by the agent's verdict, without a question to the server. Fails when it has left none in this time.
fresh_verdict() {
  local now time='' ready='' sentence=''
  read -r time ready sentence 2> /dev/null < "$NOTES/state/verdict" || return 1
  read -r now _ < /proc/uptime
  if [[ ! $time =~ ^[0-9]+$ ]] || ((${now%%.*} - time > $1)); then return 1; fi
  if [[ $ready == yes ]]; then exit 0; fi
  printf '%s\n' "$sentence"
  exit 1
}

# agent_passes: what the kubelet asks in the agent's own container.
agent_passes() {
  local now beat=0
  read -r beat 2> /dev/null < "$NOTES/heartbeat" || true
  read -r now _ < /proc/uptime
  if ((${now%%.*} - beat <= STUCK)); then exit 0; fi
  printf 'the agent has begun no pass for %s s\n' "$((${now%%.*} - beat))"
  exit 1
}

case $1 in
  ready) fresh_verdict "$FRESH" || true ;;
  agent) agent_passes ;;
  *) ;;
esac

# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load decide/readiness do/verdict engine/current lib/facts lib/memory lib/places lib/time see/leader see/replica see/status talk/sql

# not_ready SENTENCE...
not_ready() {
  if [[ $* == *'ERROR 1040'* ]]; then fresh_verdict "$FRESH_ENOUGH" || true; fi
  printf '%s\n' "$*"
  exit 1
}

# A server that refuses the login answers all the same.
alive() { "$ENGINE_ADMIN" --defaults-file="$RUN/monitor.cnf" ping > /dev/null 2>&1; }

must_be_alive() { alive || not_ready "the server does not answer on its socket"; }

# started SECONDS: Kubernetes asks for readiness as soon as this has succeeded, and then only after a period. A server that has just
# begun to answer is ready a moment later, when the agent is through with it.
started() {
  wait_until "$1" alive || must_be_alive
  wait_until "$1" is_ready || true
}

is_ready() { (ready > /dev/null 2>&1); }

# monitor_sql: a password that was changed in the Secret takes a while to reach the server, and one that was changed on the server a while
# to reach this pod, so the last one that worked stays until the other works.
monitor_sql() {
  local statements answer status=0
  statements=$(cat)
  answer=$(run_sql "$RUN/monitor.cnf" "$@" 2>&1 <<< "$statements") || status=$?
  if ((status != 0)) && [[ $answer == *"ERROR 1045"* ]]; then
    write_monitor_file "$RUN/monitor-new.cnf"
    status=0
    answer=$(run_sql "$RUN/monitor-new.cnf" "$@" 2>&1 <<< "$statements") || status=$?
    if ((status == 0)); then mv -f "$RUN/monitor-new.cnf" "$RUN/monitor.cnf"; fi
  elif ((status != 0)) && [[ $answer == *"ERROR 1040"* ]]; then
    # Clients hold every connection. The server keeps one more for an administrator, as the agent is one.
    status=0
    answer=$(run_sql "$ADMIN_FILE" "$@" 2>&1 <<< "$statements") || status=$?
  fi
  printf '%s' "$answer"
  return "$status"
}

# see_as_monitor: the facts for readiness, as far as the probes' account may see them.
see_as_monitor() {
  local answer
  recall
  if leads; then
    answer=$(printf 'SELECT @@GLOBAL.read_only;\n' | monitor_sql --skip-column-names) || not_ready "$answer"
    learn writable no
    if [[ $answer == 0 ]]; then learn writable yes; fi
  else
    if [[ -n ${MEMORY[refusal]-} ]]; then not_ready "${MEMORY[refusal]}"; fi
    answer=$(printf '%s;\n' "$SQL_SHOW_REPLICA_STATUS" | monitor_sql --vertical) || not_ready "$answer"
    read_status_text "$answer"
    see_replica_for_readiness
  fi
  see_agent
}

# ready: a server that is full serves everybody who is in, so the agent's last word counts for longer then.
ready() {
  see_as_monitor
  decide_ready
  if [[ $READY == no ]]; then not_ready "$VERDICT"; fi
}

# donor: a replica that applies changes, however far behind.
donor() {
  see_as_monitor
  if leads; then decide_primary_readiness; else decide_applies; fi
  verdict_sentence
  if [[ $READY == no ]]; then not_ready "$VERDICT"; fi
}

case $1 in
  started) started "$2" ;;
  alive) must_be_alive ;;
  ready) ready ;;
  donor) donor ;;
  *) not_ready "probe.sh knows 'started', 'alive', 'ready', 'donor' and 'agent', not '$1'" ;;
esac
