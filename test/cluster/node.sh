#!/usr/bin/env bash
# Pid 1 of the node, called by up.sh in namespaces of its own for processes, mounts and network: when it dies, every process of
# the cluster dies, and with the last of them go mounts, interfaces and packet filter. It starts the daemons and waits.
set -Eeuo pipefail
# shellcheck source=test/cluster/lib.sh
source "$(dirname -- "$0")/lib.sh"
# shellcheck source=test/cluster/daemons.sh
source "$CLUSTER_SCRIPTS/daemons.sh"
# shellcheck source=test/cluster/network.sh
source "$CLUSTER_SCRIPTS/network.sh"
# shellcheck source=test/cluster/control-plane.sh
source "$CLUSTER_SCRIPTS/control-plane.sh"
# shellcheck source=test/cluster/worker.sh
source "$CLUSTER_SCRIPTS/worker.sh"

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
