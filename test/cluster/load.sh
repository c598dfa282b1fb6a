#!/usr/bin/env bash
# Brings the test images of some engines (default: of all that can be had) into the cluster of up.sh, which calls this.
#   test/cluster/load.sh [ENGINE...]
set -Eeuo pipefail
# shellcheck source=test/cluster/lib.sh
source "$(dirname -- "$0")/lib.sh"
# shellcheck source=test/cluster/node-images.sh
source "$CLUSTER_SCRIPTS/node-images.sh"

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
