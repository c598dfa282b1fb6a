#!/usr/bin/env bash
# Removes the three nodes and all that they left on this machine, whatever state they are in.
set -Eeuo pipefail
# shellcheck source=test/cluster/three/lib.sh
source "$(dirname -- "$0")/lib.sh"
# shellcheck source=test/cluster/removal.sh
source "$CLUSTER_SCRIPTS/removal.sh"
# shellcheck source=test/cluster/three/network.sh
source "$THREE_SCRIPTS/network.sh"
# shellcheck source=test/cluster/three/power.sh
source "$THREE_SCRIPTS/power.sh"

main() {
  [[ -d $THREE_NODES ]] || return 0
  check_machine
  local name seed
  for name in "${NODES[@]}" control; do power_off "$name"; done
  # Of a start that was ended while it imported images.
  for seed in $(pgrep -f -- "^containerd --config $THREE_NODES/seed/" || true); do kill "$seed" 2> /dev/null || true; done
  unplug_host
  CGROUP=$THREE_CGROUP
  remove_cgroups
  remove_private_folders "$THREE_NODES" "$CACHE/cluster"
  rm -rf -- "$THREE_NODES"
  say 'The three nodes are gone.'
}

main
