# shellcheck shell=bash
# Images in the container runtime of a node that runs on this machine.

ctr_images() { ctr --address "$STATE/containerd/containerd.sock" --namespace k8s.io images "$@"; }

# True when the node has the image with this very content.
node_has() { ctr_images list | awk -v name="$1" -v digest="$2" '$1 == name && $3 == digest { found = 1 } END { exit !found }'; }

load_into_node() {
  node_has "$1" "$3" && return
  say "Loading the image $1"
  ctr_images import "$2" > /dev/null
}
