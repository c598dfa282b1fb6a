#!/usr/bin/env bash
# Makes a copy of a donor's data beside the server, for the agent, and leaves in $STATE/copy how that ended.
#
# writes:  $STATE/copy
# exits:   0 when the copy is complete or refused
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/donors lib/places

main() {
  if try_donors; then
    printf 'done\n' > "$STATE/copy"
  else
    printf 'failed %s\n' "$REFUSALS" > "$STATE/copy"
  fi
}

main
