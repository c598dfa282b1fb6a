#!/usr/bin/env bash
# What the primary's agent does next. Everything that only the agent may do is done before the first client can write.
#   copy        settled or unsettled, as in replica.sh
#   generation  same, or newer: the release goes on from a replica's data, and the data does not say so yet
#   lease       held, or lost: another pod may have been elected, or this one has not renewed for too long; always held without failover
#   following   yes or no: the server still knows a primary that it followed
#   acks        right or wrong: whether a commit waits for as many acknowledgements as the Lease says; always right without failover
#   accounts    right, due: a password, a name or a privilege may have changed, or unknown: the Secret lacks a password
#   writable    yes or no
#
# exits:   never
load decide/row lib/facts

decide_leader() {
  if [[ ${FACT[lease]} == lost ]]; then
    row lease-lost '' none
  elif [[ ${FACT[writable]} == no && ${FACT[copy]} == unsettled ]]; then
    row copy-without-position '' seed-position
  elif [[ ${FACT[writable]} == no && ${FACT[generation]} == newer ]]; then
    row next-generation '' begin-generation
  elif [[ ${FACT[following]} == yes ]]; then
    row elected '' take-over
  elif [[ ${FACT[accounts]} == due ]]; then
    row accounts-due '' keep-accounts
  elif [[ ${FACT[acks]} == wrong ]]; then
    row acknowledgements '' demand-acknowledgements
  elif [[ ${FACT[writable]} == no ]]; then
    row read-only '' open
  else
    row leading '' none
  fi
}
