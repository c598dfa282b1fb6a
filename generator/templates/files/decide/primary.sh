#!/usr/bin/env bash
# What the primary's agent does next. Everything that only the agent may do is done before the first client can write.
#   copy        settled or unsettled, as in replica.sh
#   generation  same, or newer: the release goes on from a replica's data, and the data does not say so yet
#   accounts    right, due: a password, a name or a privilege may have changed, or unknown: the Secret lacks a password
#   writable    yes or no
#
# exits:   never
load decide/row lib/facts

decide_leader() {
  if [[ ${FACT[writable]} == no && ${FACT[copy]} == unsettled ]]; then
    row copy-without-position '' seed-position
  elif [[ ${FACT[writable]} == no && ${FACT[generation]} == newer ]]; then
    row next-generation '' begin-generation
  elif [[ ${FACT[accounts]} == due ]]; then
    row accounts-due '' keep-accounts
  elif [[ ${FACT[writable]} == no ]]; then
    row read-only '' open
  else
    row leading '' none
  fi
}
