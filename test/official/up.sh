#!/usr/bin/env bash
# Makes a kind cluster that holds the official images of a release, and prints the path of its kubeconfig:
#   test/official/up.sh IMAGE...
# It is another cluster than that of `make e2e`, whose images bear the same names.
set -Eeuo pipefail
# shellcheck source=test/cluster/lib.sh
source "$(dirname -- "$0")/../cluster/lib.sh"

CLUSTER=mysql-sts-official

main() {
  docker info > /dev/null 2>&1 || die 'no Docker engine answers. Official images are pulled and run by Docker: start it, or leave this to the workflow official.yml.'
  "$TOOLS/build.sh" kind
  mkdir -p -- "$CACHE/official"
  kind get clusters 2> /dev/null | grep -qx "$CLUSTER" || kind create cluster --name "$CLUSTER" --wait 120s >&2
  kind export kubeconfig --name "$CLUSTER" --kubeconfig "$CACHE/official/kubeconfig" >&2
  local image
  for image in "$@"; do
    docker pull --quiet "$image" >&2
    kind load docker-image --name "$CLUSTER" "$image" >&2
  done
  printf '%s\n' "$CACHE/official/kubeconfig"
}

main "$@"
