#!/usr/bin/env bash
# Which pod begins where there is no Lease, or none that a pod has ever held: the one that led last, as the claims say, or else ordinal 0.
#
# gives:   LAST_TERM
# exits:   never
load lib/facts lib/pod see/claims see/volume

# The newest term that a claim names.
LAST_TERM=0

# see_first: leaves FACT[first]. The claims are asked only where the answer counts.
see_first() {
  local number term leader=0
  learn first no
  if [[ ${FACT[lease]} != absent && ${FACT[lease]} != free ]] || ! instance_exists; then return 0; fi
  if ! find_holders; then return 0; fi
  LAST_TERM=0
  while read -r number _ _ term; do
    if ((${term:-0} > LAST_TERM)); then LAST_TERM=$term leader=$number; fi
  done <<< "$HOLDERS"
  if [[ $leader == "$(ordinal)" ]]; then learn first yes; fi
}
