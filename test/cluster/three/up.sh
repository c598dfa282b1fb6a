#!/usr/bin/env bash
# Makes sure of three nodes on this machine, each of which can be lost for real (nodes.sh), with the test images of some engines,
# and prints the path of their kubeconfig:  test/cluster/three/up.sh [ENGINE...]
# A cluster that is healthy is kept; what is left of a broken one is removed. It does not touch the cluster of test/cluster/up.sh.
set -Eeuo pipefail
# shellcheck source=test/cluster/three/lib.sh
source "$(dirname -- "$0")/lib.sh"
# shellcheck source=test/cluster/preparation.sh
source "$CLUSTER_SCRIPTS/preparation.sh"
# shellcheck source=test/cluster/removal.sh
source "$CLUSTER_SCRIPTS/removal.sh"
# shellcheck source=test/cluster/node-images.sh
source "$CLUSTER_SCRIPTS/node-images.sh"
# shellcheck source=test/cluster/three/network.sh
source "$THREE_SCRIPTS/network.sh"
# shellcheck source=test/cluster/three/power.sh
source "$THREE_SCRIPTS/power.sh"
# shellcheck source=test/cluster/three/images.sh
source "$THREE_SCRIPTS/images.sh"

# What a test that was ended has left cut or frozen is whole again.
healthy() {
  local name
  for name in control "${NODES[@]}"; do
    runs "$name" || return 1
    set_freezer "$name" THAWED
  done
  for name in "${NODES[@]}"; do
    heal "$name"
    wait_for 30 "$name to be ready" node_ready "$name" || return 1
  done
  api get storageclass/local > /dev/null
}

start_all() {
  local name
  mkdir -p -- "$THREE_NODES"
  chmod 700 "$THREE_NODES"
  make_private_folders "$THREE_NODES"
  power_on control
  plug_host
  seed_images "$@"
  wait_for 60 'the credentials of the nodes' test -s "$THREE_KUBECONFIG"
  for name in "${NODES[@]}"; do
    give_images "$name"
    power_on "$name"
  done
  for name in "${NODES[@]}"; do
    be "$name"
    wait_for 60 "$name to be ready" node_ready "$name"
  done
  be control
  wait_for 30 'the storage class' api get storageclass/local
}

main() {
  local images name archive digest node _
  local -a archives
  check_machine
  lock three-nodes
  "$TOOLS/packages.sh" cluster
  images=$("$CLUSTER_SCRIPTS/images/build.sh" "$@")
  mapfile -t archives < <(cut -f 2 <<< "$images")
  if ! healthy 2> /dev/null; then
    "$THREE_SCRIPTS/down.sh"
    local from=$SECONDS
    say 'Starting three Kubernetes nodes on this machine …'
    start_all "${archives[@]}"
    say "The nodes are ready after $((SECONDS - from)) s. Their logs are in $THREE_NODES/*/log."
  fi
  while IFS=$'\t' read -r name archive digest _; do
    for node in "${NODES[@]}"; do (be "$node" && load_into_node "$name" "$archive" "$digest" < /dev/null); done
  done <<< "$images"
  printf '%s\n' "$THREE_KUBECONFIG"
}

main "$@"
