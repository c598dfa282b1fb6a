#!/usr/bin/env bash
# One pass of the agent by itself, to its end: it waits for a copy that it has begun. For tests, and for a person who has stopped the agent.
#
# exits:   0 when nothing is left to do; 1 when the next pass should come soon
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/pass lib/facts see/replica talk/session

main() {
  local status=0
  pass || status=$?
  see_copy
  if [[ ${FACT[job]} == running ]]; then
    wait "${TEXT[job]}" || true
    status=0
    pass || status=$?
  fi
  close_session
  exit "$status"
}

main
