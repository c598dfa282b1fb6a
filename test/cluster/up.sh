#!/usr/bin/env bash
# Makes sure that a cluster is there to test on, with the images of some engines (default: of all that can be had), and prints
# the path of its kubeconfig:  test/cluster/up.sh [ENGINE...]. The cluster is
#   1. the one that KUBECONFIG names, if it is set;
#   2. a kind cluster, where a Docker engine answers;
#   3. a throw-away node on this machine (root, Linux), started here. One that is healthy is kept, what is left of a broken one is removed.
set -Eeuo pipefail
# shellcheck source=test/cluster/lib.sh
source "$(dirname -- "$0")/lib.sh"
# shellcheck source=test/cluster/network.sh
source "$CLUSTER_SCRIPTS/network.sh"
# shellcheck source=test/cluster/preparation.sh
source "$CLUSTER_SCRIPTS/preparation.sh"

answers() { kubectl --request-timeout=5s get --raw=/readyz; }

use_given_cluster() {
  answers > /dev/null || die "KUBECONFIG is set to $KUBECONFIG, and the cluster behind it does not answer. Mend it, or unset KUBECONFIG to get a cluster on this machine."
  say "Using the cluster behind KUBECONFIG=$KUBECONFIG. It pulls the images from their registries."
  printf '%s\n' "$KUBECONFIG"
}

use_kind() {
  "$TOOLS/build.sh" kind
  export KUBECONFIG=$STATE/kubeconfig
  if ! { [[ -e $STATE/kind ]] && answers > /dev/null 2>&1; }; then
    mkdir -p -- "$STATE"
    touch -- "$STATE/kind"
    kind get clusters 2> /dev/null | grep -qx "$KIND_CLUSTER" || kind create cluster --name "$KIND_CLUSTER" --wait 120s >&2
    kind export kubeconfig --name "$KIND_CLUSTER" >&2
  fi
}

# Everything that a healthy node has; the last thing to come up is the storage class.
healthy() {
  export KUBECONFIG=$STATE/kubeconfig
  [[ -n $(node_holder) && -e $KUBECONFIG ]] || return 1
  kubectl --request-timeout=2s get "node/$NODE" storageclass/local storageclass/local-sized \
    --output='jsonpath={.items[0].status.conditions[?(@.type=="Ready")].status}' 2> /dev/null | grep -q True
}

check_machine() {
  [[ $(uname -s) == Linux ]] || die 'the local node needs Linux. Set KUBECONFIG, or start Docker to get a kind cluster.'
  ((EUID == 0)) || die 'the local node can only be started by root. Set KUBECONFIG, or start Docker to get a kind cluster.'
}

start_node() {
  mkdir -p -- "$STATE/log" "$STATE/volumes"
  chmod 700 "$STATE"
  make_private_folders "$STATE"
  make_cgroups
  # The node holds no file of the caller's open, so that a pipe to this script ends when the script does.
  setsid unshare --mount --net --pid --fork --kill-child --mount-proc \
    bash "$CLUSTER_SCRIPTS/node.sh" "--node-of=$STATE" < /dev/null > "$STATE/log/node.log" 2>&1 {LOCK_FD}>&- &
  wait_for 10 'the first process of the node' node_runs
  join_network "$(node_init)"
  wait_for 90 'a ready node, or its end' healthy_or_dead
  healthy && return
  tail -n 20 -- "$STATE/log/node.log" >&2
  die 'the node ended while it was starting: see above.'
}

healthy_or_dead() { healthy || [[ -z $(node_init) ]]; }

use_local_node() {
  healthy && return
  check_machine
  "$TOOLS/packages.sh" cluster
  "$CLUSTER_SCRIPTS/down.sh"
  local from=$SECONDS
  say 'Starting a Kubernetes node on this machine …'
  start_node
  say "The node is ready after $((SECONDS - from)) s. Its logs are in $STATE/log."
}

main() {
  if given_kubeconfig; then
    use_given_cluster
    return
  fi
  lock cluster
  if docker info > /dev/null 2>&1; then
    use_kind
  else
    use_local_node
  fi
  "$CLUSTER_SCRIPTS/load.sh" "$@"
  printf '%s\n' "$STATE/kubeconfig"
}

main "$@"
