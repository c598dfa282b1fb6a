#!/usr/bin/env bash
# Removes the test cluster and all that it left on this machine, whatever state it is in. Built tools and images stay in the cache.
set -Eeuo pipefail
# shellcheck source=test/cluster/lib.sh
source "$(dirname -- "$0")/lib.sh"
# shellcheck source=test/cluster/network.sh
source "$CLUSTER_SCRIPTS/network.sh"
# shellcheck source=test/cluster/removal.sh
source "$CLUSTER_SCRIPTS/removal.sh"

remove_local_node() {
  kill_node
  leave_network
  remove_cgroups
  remove_private_folders "$STATE" "$THREE_NODES"
  rm -rf -- "$STATE"
}

main() {
  if [[ -e $STATE/kind ]]; then
    kind delete cluster --name "$KIND_CLUSTER"
    rm -rf -- "$STATE"
    return
  fi
  [[ -e $STATE ]] || [[ -n $(node_holder) ]] || return 0
  ((EUID == 0)) || die 'the local node can only be removed by root, who started it.'
  remove_local_node
  say 'The test cluster is gone.'
}

main
