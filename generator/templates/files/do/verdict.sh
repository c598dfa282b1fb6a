#!/usr/bin/env bash
# Whether the pod is ready, decided from the facts and put in words for kubectl describe.
#
# reads:   MAX_LAG MAX_SOURCE_SILENCE $RUN/heartbeat $STATE/started
# gives:   VERDICT
# writes:  $STATE/verdict
# exits:   never
load decide/readiness lib/facts lib/places lib/time see/leader see/replica

# decide_ready: leaves READY, and why not in VERDICT.
decide_ready() {
  if leads; then
    decide_primary_readiness
  else
    see_touch
    decide_replica_readiness
  fi
  verdict_sentence
}

verdict_sentence() {
  VERDICT=
  case $WHY in
    read-only) VERDICT='the primary is still read-only: the agent has not finished its checks' ;;
    silent-agent) VERDICT="the agent has finished no pass for ${TEXT[agent]} s, so what it knows is too old: see kubectl logs -c agent" ;;
    refusal) VERDICT=${TEXT[refusal]} ;;
    not-set-up) VERDICT='replication is not set up yet' ;;
    not-applying) VERDICT="replication does not apply changes: ${TEXT[sql_error]}" ;;
    broken-connection) VERDICT=${TEXT[io_error]} ;;
    catching-up) VERDICT='still catching up with what the primary had when it was asked' ;;
    unknown-lag) VERDICT='the lag is not known yet' ;;
    large-lag) VERDICT="${TEXT[lag]} s behind the primary, more than replication.maxLag ($MAX_LAG)" ;;
    not-connected) VERDICT='not connected to the primary yet' ;;
    long-silence)
      VERDICT="out of touch with the primary for more than replication.maxSourceSilence ($MAX_SOURCE_SILENCE): ${TEXT[io_error]}"
      ;;
    *) ;;
  esac
}

# see_agent: whether the agent has begun a pass within the last minute. A server that has just started is given a minute, too.
see_agent() {
  local beat=0 silence
  read -r beat 2> /dev/null < "$RUN/heartbeat" || true
  measure_since "$beat"
  silence=$AGE
  measure_age "$STATE/started"
  if ((AGE < silence)); then silence=$AGE; fi
  learn agent heard
  learn_text agent "$silence"
  if ((silence > 60)); then learn agent silent; fi
}

# leave_verdict: for the readiness probe, which asks the server itself only when it finds none that is fresh.
leave_verdict() {
  if [[ -z ${FACT[io]-}${FACT[writable]-} || ! -d $STATE ]]; then return 0; fi
  learn agent heard
  decide_ready
  read_uptime
  printf '%s %s %s\n' "$UPTIME" "$READY" "$VERDICT" > "$STATE/verdict"
}
