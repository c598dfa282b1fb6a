#!/usr/bin/env bash
# Pid 1 of the node, called by up.sh in namespaces of its own for processes, mounts and network: when it dies, every process of
# the cluster dies, and with the last of them go mounts, interfaces and packet filter. It starts the daemons and waits.
set -Eeuo pipefail
# shellcheck source=test/cluster/lib.sh
source "$(dirname -- "$0")/lib.sh"
# shellcheck source=test/cluster/network.sh
source "$CLUSTER_SCRIPTS/network.sh"
# shellcheck source=test/cluster/control-plane.sh
source "$CLUSTER_SCRIPTS/control-plane.sh"
# shellcheck source=test/cluster/worker.sh
source "$CLUSTER_SCRIPTS/worker.sh"

declare -A DAEMONS=()

# Starts a daemon with a log file:  start NAME COMMAND...
start() {
  local name=$1
  shift
  "$@" > "$STATE/log/$name.log" 2>&1 &
  DAEMONS[$!]=$name
}

# A node that lacks a daemon is worse than none: the first that ends takes the others along, and up.sh shows this log.
watch_daemons() {
  local pid status=0
  wait -n -p pid "${!DAEMONS[@]}" || status=$?
  say "${DAEMONS[$pid]} ended with status $status. The end of its log:"
  tail -n 10 -- "$STATE/log/${DAEMONS[$pid]}.log" >&2
}

hide_private_folders() {
  local folder
  for folder in "${PRIVATE_FOLDERS[@]}"; do
    mount -t tmpfs tmpfs "$folder"
  done
}

# The kubelet sets the kernel up for a machine that is its own. It may write what it likes, into files.
shield_kernel_settings() {
  local setting copy=/run/kernel-settings
  mkdir -p -- "$copy"
  for setting in vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops kernel/keys/root_maxkeys kernel/keys/root_maxbytes; do
    [[ -e /proc/sys/$setting ]] || continue
    cat -- "/proc/sys/$setting" > "$copy/${setting//\//.}"
    mount --bind "$copy/${setting//\//.}" "/proc/sys/$setting"
  done
}

api_ready() { KUBECONFIG=$STATE/kubeconfig kubectl get --raw=/readyz; }

main() {
  # Where Node.js looks for its packages.
  cd -- "$CLUSTER_SCRIPTS"
  hide_private_folders
  shield_kernel_settings
  raise_network
  write_credentials
  start_api
  write_network_configuration
  write_runtime_configuration
  start_runtime
  write_kubelet_configuration
  write_kubeconfig
  wait_for 60 'the API server' api_ready
  start_controllers
  start_worker
  start_dns
  start provisioner node --import tsx "$CLUSTER_SCRIPTS/provisioner/main.ts" "$STATE/kubeconfig" "$STATE/volumes" "$NODE"
  watch_daemons
}

main
