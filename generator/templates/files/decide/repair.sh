#!/usr/bin/env bash
# What is done about a state that does not pass by itself, as the values under recovery allow. The facts beside those of replica.sh:
#   state    the state
#   policy   report, reclone or start: what the values allow for it
#   lasted   no or yes: the state has lasted for recovery.after
#   budget   left or used: recovery.reclonesPerDay
#   job      none, running, done or failed: a copy of a donor's data that is made beside the server
#   method   plugin or stream: with the plugin the copy is made when there is no server, at the next start
#
# gives:   REPAIR
# exits:   never
load lib/facts

decide_repair() {
  if [[ ${FACT[policy]} == report || ${FACT[lasted]} == no ]]; then
    REPAIR=none
  elif [[ ${FACT[policy]} == start ]]; then
    REPAIR=start
  elif [[ ${FACT[budget]} == used ]]; then
    REPAIR=none
  elif ! primary_is_right; then
    REPAIR=none
  elif [[ ${FACT[method]} == plugin || ${FACT[job]} == done ]]; then
    REPAIR=replace
  else
    case ${FACT[job]} in
      running) REPAIR=await-copy ;;
      failed) REPAIR=give-copy-up ;;
      *) REPAIR=begin-copy ;;
    esac
  fi
}

# Before the replica's data is discarded, the primary must prove in this pass that it is the right one. Errant transactions are what the
# copy is for; beside them the histories must agree.
primary_is_right() {
  [[ ${FACT[source]} == answers && ${FACT[cluster]} == same && ${FACT[generation]} != older && ${FACT[mark]} == none ]] || return 1
  [[ ${FACT[history]} == common || (${FACT[history]} == errant && ${FACT[state]} == ErrantTransactions) ]]
}
