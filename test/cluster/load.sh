#!/usr/bin/env bash
# Brings the test images of some engines (default: of all that can be had) into the cluster of up.sh, which calls this.
#   test/cluster/load.sh [ENGINE...]
set -Eeuo pipefail
# shellcheck source=test/cluster/lib.sh
source "$(dirname -- "$0")/lib.sh"

ctr_images() { ctr --address "$STATE/containerd/containerd.sock" --namespace k8s.io images "$@"; }

# True when the node has the image with this very content.
node_has() { ctr_images list | awk -v name="$1" -v digest="$2" '$1 == name && $3 == digest { found = 1 } END { exit !found }'; }

load_into_node() {
  node_has "$1" "$3" && return
  say "Loading the image $1"
  ctr_images import "$2" > /dev/null
}

# kind looks at the node's images itself; it cannot tell by a digest what an archive holds.
load_into_kind() {
  say "Loading the image $1"
  kind load image-archive --name "$KIND_CLUSTER" "$2" >&2
}

main() {
  local load=load_into_node images name archive digest _
  [[ ! -e $STATE/kind ]] || load=load_into_kind
  images=$("$CLUSTER_SCRIPTS/images/build.sh" "$@")
  while IFS=$'\t' read -r name archive digest _; do
    "$load" "$name" "$archive" "$digest"
  done <<< "$images"
}

main "$@"
