#!/usr/bin/env bash
# Runs everything that needs a cluster, the parts that .ci/run has no time for included, and notes a run that passed.
set -Eeuo pipefail
cd -- "$(dirname -- "$0")/.."
# shellcheck source=tools/lib.sh
source tools/lib.sh

PARTS=(e2e nodes-all engines docs faults)
# Committed, so that everybody sees when all of it passed last.
LAST_GREEN=docs/e2e-all.txt

say_last() {
  if [[ -s $LAST_GREEN ]]; then
    printf 'The last green run: %s\n' "$(< "$LAST_GREEN")"
  else
    printf 'No green run has been noted in %s yet.\n' "$LAST_GREEN"
  fi
}

# A run of less than everything must not be noted as one of everything.
require_everything() {
  local variable
  for variable in MINUTES MYSQL_STS_MINUTES ENGINE ONLY SUBJECT MYSQL_STS_ROW; do
    [[ -z ${!variable-} ]] || die "$variable=${!variable} leaves something out. Run make e2e-all without it, or make one part with it."
  done
}

main() {
  require_everything
  say_last
  local part commit
  commit=$(git rev-parse --short=12 HEAD)
  [[ -z $(git status --porcelain -- . ':!docs') ]] || commit+=' with changes'
  for part in "${PARTS[@]}"; do
    make "$part"
  done
  printf '%s at %s: %s\n' "$(date --utc +%F)" "$commit" "${PARTS[*]}" > "$LAST_GREEN"
  say_last
}

main
