#!/usr/bin/env bash
# Prints the folder of a pinned copy of the Go vulnerability database, in the form that govulncheck reads:
#   govulncheck -db "file://$(tools/vulndb.sh)" ...
# It comes as a Go module, so it can be had wherever modules can; its checksum is that of all modules in go.sum.
set -Eeuo pipefail
# shellcheck source=tools/lib.sh
source "$(dirname -- "$0")/lib.sh"

readonly MODULE=golang.org/x/vulndb
readonly VERSION=v0.0.0-20261105234957-e22db6528018
readonly SUM='h1:mfngRv0Yoh0VApsXKEN82CjD99kl7mtparN3bs3JnqI='

main() {
  local found folder
  found=$(go mod download -json "$MODULE@$VERSION")
  [[ $found == *"\"Sum\": \"$SUM\""* ]] || die "$MODULE $VERSION is not what tools/vulndb.sh expects: its checksum differs."
  folder=$(sed -nE 's/^\s*"Dir": "(.*)",?$/\1/p' <<< "$found")
  printf '%s/data/osv\n' "$folder"
}

main
