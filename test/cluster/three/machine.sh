#!/usr/bin/env bash
# Pid 1 of a machine, called by power.sh in namespaces of its own: when it dies, every process of the machine dies.
#   machine.sh --node-of=STATE control      etcd, API, controllers, DNS, volumes, and services for this machine
#   machine.sh --node-of=STATE node-2       container runtime, kubelet and services of a node
set -Eeuo pipefail
# shellcheck source=test/cluster/three/lib.sh
source "$(dirname -- "$0")/lib.sh"
# shellcheck source=test/cluster/daemons.sh
source "$CLUSTER_SCRIPTS/daemons.sh"
# shellcheck source=test/cluster/network.sh
source "$CLUSTER_SCRIPTS/network.sh"
# shellcheck source=test/cluster/three/network.sh
source "$THREE_SCRIPTS/network.sh"
# shellcheck source=test/cluster/control-plane.sh
source "$CLUSTER_SCRIPTS/control-plane.sh"
# shellcheck source=test/cluster/worker.sh
source "$CLUSTER_SCRIPTS/worker.sh"

# What a machine forgets when its power goes: containers that ran, and the addresses of pods.
forget_what_ran() {
  local folder
  for folder in "$STATE/ipam" "$STATE/containerd/state"; do
    mkdir -p -- "$folder"
    mount -t tmpfs tmpfs "$folder"
  done
}

# A new number at each start, by which the kubelet tells Kubernetes that the machine was restarted.
number_this_start() {
  cat /proc/sys/kernel/random/uuid > /run/boot-id
  mount --bind /run/boot-id /proc/sys/kernel/random/boot_id
}

# All that the machine starts can be made to stand still together.
join_group() {
  local group=/sys/fs/cgroup/freezer/$CGROUP
  [[ -d $group ]] || group=/sys/fs/cgroup/$CGROUP
  mkdir -p -- "$group/daemons"
  printf '%s\n' "$$" > "$group/daemons/cgroup.procs"
}

# A node may do no more than the nodes of real clusters.
write_node_credentials() {
  local name
  for name in "${NODES[@]}"; do
    printf '%s,system:node:%s,%s,system:nodes\n' "$(openssl rand -hex 16)" "$name" "$name"
  done >> "$PKI/tokens.csv"
}

# A kubelet may ask for a claim before the API's authorizer has heard that a pod of its node uses it; the refusal would cost 15 s.
let_nodes_read() {
  kubectl create clusterrole nodes-read --verb=get,list,watch --resource='*.*' > /dev/null
  kubectl create clusterrolebinding nodes-read --clusterrole=nodes-read --group=system:nodes > /dev/null
}

be_control() {
  raise_switch
  write_credentials
  write_node_credentials
  start_api
  write_kubeconfig
  export KUBECONFIG=$STATE/kubeconfig
  wait_for 60 'the API server' api_ready
  start_controllers
  start_dns
  let_nodes_read
  start provisioner node --import tsx "$CLUSTER_SCRIPTS/provisioner/main.ts" "$KUBECONFIG" "$THREE_NODES"
  # A proxy must have the name of a node. It reads no more of it than the address.
  wait_for 600 'the first node' kubectl get node "${NODES[0]}"
  start_proxy "${NODES[0]}"
}

be_node() {
  raise_uplink
  forget_what_ran
  write_network_configuration
  write_runtime_configuration
  start_runtime
  write_kubelet_configuration
  TOKEN=$(awk -F , -v name="$NODE" '$3 == name { print $1 }' "$PKI/tokens.csv")
  write_kubeconfig
  wait_for 60 'the API server' api_ready
  start_worker
}

main() {
  be "$1"
  # Where Node.js looks for its packages.
  cd -- "$CLUSTER_SCRIPTS"
  join_group
  hide_private_folders
  shield_kernel_settings
  number_this_start
  if [[ $1 == control ]]; then be_control; else be_node; fi
  watch_daemons
}

main "$2"
