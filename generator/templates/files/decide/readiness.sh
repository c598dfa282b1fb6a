#!/usr/bin/env bash
# Whether clients may be sent to this pod, and whether a copy of its data is worth having.
#   refusal        none, or some: the agent found a state that does not pass by itself
#   configured, sql, io, io_error, mark, reached, lag (also unknown), writable: as in replica.sh and primary.sh
#   source_away    yes or no: the agent's last question to the primary had no answer
#   touched        yes or no: the replica was in touch with the primary since its server started
#   silence        short or long: no touch for replication.maxSourceSilence, counted from the start of the server at the earliest
#   agent          heard or silent: the agent has not finished a pass for a minute
#
# gives:   READY WHY
# exits:   never
load lib/facts

verdict() { READY=$1 WHY=$2; }

decide_primary_readiness() {
  if [[ ${FACT[writable]} == yes ]]; then
    verdict yes leading
  elif [[ ${FACT[agent]} == silent ]]; then
    verdict no silent-agent
  else
    verdict no read-only
  fi
}

decide_replica_readiness() {
  decide_applies
  if [[ $READY == no ]]; then return; fi
  if [[ ${FACT[agent]} == silent ]]; then
    verdict no silent-agent
  elif [[ ${FACT[io]} == yes ]]; then
    decide_currency
  elif [[ ${FACT[io_error]} == away || ${FACT[source_away]} == yes ]] || connects_again; then
    if [[ ${FACT[silence]} == long ]]; then verdict no long-silence; else verdict yes short-silence; fi
  else
    verdict no not-connected
  fi
}

# A try to connect whose packets are lost lasts for a minute, and has no error before its end.
connects_again() { [[ ${FACT[io]} == connecting && ${FACT[io_error]} == none && ${FACT[touched]} == yes ]]; }

# What must hold of a replica in any case. One that is ahead of the primary keeps the error for as long as it stands still.
decide_applies() {
  if [[ ${FACT[refusal]} == some ]]; then
    verdict no refusal
  elif [[ ${FACT[configured]} == no ]]; then
    verdict no not-set-up
  elif [[ ${FACT[sql]} == no ]]; then
    verdict no not-applying
  elif [[ ${FACT[io_error]} == refused || (${FACT[io_error]} == purged && ${FACT[mark]} == none) ]]; then
    verdict no broken-connection
  else
    verdict yes applies
  fi
}

decide_currency() {
  if [[ ${FACT[reached]} == no ]]; then
    verdict no catching-up
  elif [[ ${FACT[lag]} == unknown ]]; then
    verdict no unknown-lag
  elif [[ ${FACT[lag]} == large ]]; then
    verdict no large-lag
  else
    verdict yes current
  fi
}
