#!/usr/bin/env bash
# Removes the test cluster and all that it left on this machine, whatever state it is in. Built tools and images stay in the cache.
set -Eeuo pipefail
# shellcheck source=test/cluster/lib.sh
source "$(dirname -- "$0")/lib.sh"
# shellcheck source=test/cluster/network.sh
source "$CLUSTER_SCRIPTS/network.sh"

# The namespaces' first process takes all others with it, and the kernel waits for them.
kill_node() {
  local pid
  for pid in $(node_holder) $(node_init); do
    kill -KILL "$pid" 2> /dev/null || continue
    wait_for 20 "the end of process $pid" no_process "$pid"
  done
}

no_process() { ! kill -0 "$1" 2> /dev/null; }

# A group can be removed when it is empty, from the leaves up. Version 1 has a tree for each controller.
remove_cgroups() {
  local root
  for root in "/sys/fs/cgroup/$CGROUP" /sys/fs/cgroup/*/"$CGROUP"; do
    [[ -d $root ]] || continue
    wait_for 10 "the end of the processes in $root" remove_tree_of_groups "$root"
  done
}

remove_tree_of_groups() {
  find "$1" -depth -type d -exec rmdir {} + 2> /dev/null || true
  [[ ! -d $1 ]]
}

# Mount points for the node's private folders that up.sh had to make are empty; the machine's own stay.
remove_private_folders() {
  local folder
  while read -r folder; do
    rmdir --ignore-fail-on-non-empty -- "$folder"
  done < <(tac -- "$STATE/made-folders" 2> /dev/null || true)
}

remove_local_node() {
  kill_node
  leave_network
  remove_cgroups
  remove_private_folders
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
