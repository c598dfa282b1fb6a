#!/usr/bin/env bash
# What can happen to one of the three nodes:
#   nodes.sh kill NODE             its power goes: kubelet, runtime and every process of its pods die at once
#   nodes.sh revive NODE           its power is back: the disk is as it was, what was in memory is lost
#   nodes.sh cut NODE all          its cable is pulled: no API, no peers; its pods go on
#   nodes.sh cut NODE peers        it and its pods still reach API and DNS, and no other node
#   nodes.sh heal NODE             undoes both kinds of cuts
#   nodes.sh freeze NODE           it stands still: nothing of it runs, nothing of it is lost
#   nodes.sh thaw NODE             it goes on as if no time had passed
#   nodes.sh replace NODE          another machine of the same name, with an empty disk
#   nodes.sh enter NODE COMMAND... runs a command in it; control is the machine of the API
set -Eeuo pipefail
# shellcheck source=test/cluster/three/lib.sh
source "$(dirname -- "$0")/lib.sh"
# shellcheck source=test/cluster/preparation.sh
source "$CLUSTER_SCRIPTS/preparation.sh"
# shellcheck source=test/cluster/removal.sh
source "$CLUSTER_SCRIPTS/removal.sh"
# shellcheck source=test/cluster/three/network.sh
source "$THREE_SCRIPTS/network.sh"
# shellcheck source=test/cluster/three/power.sh
source "$THREE_SCRIPTS/power.sh"
# shellcheck source=test/cluster/three/images.sh
source "$THREE_SCRIPTS/images.sh"

usage() {
  sed -n '2,/^set /s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

revive() {
  if runs "$1"; then die "$1 runs already."; fi
  power_on "$1"
}

replace() {
  power_off "$1"
  rm -rf -- "${THREE_NODES:?}/$1"
  give_images "$1"
  power_on "$1"
}

require_node() {
  local name
  for name in "${NODES[@]}"; do [[ $name != "$1" ]] || return 0; done
  die "there is no node $1. The nodes are ${NODES[*]}."
}

main() {
  (($# >= 2)) || usage
  local verb=$1 node=$2
  shift 2
  check_machine
  [[ -d $THREE_NODES ]] || die 'the three nodes do not run. Start them with "test/cluster/three/up.sh".'
  if [[ $verb == enter ]]; then
    inside "$node" "$@"
    return
  fi
  require_node "$node"
  lock three-nodes
  case $verb:${1:-} in
    kill:) power_off "$node" ;;
    revive:) revive "$node" ;;
    cut:all) cut_all "$node" ;;
    cut:peers) cut_peers "$node" ;;
    heal:) heal "$node" ;;
    freeze:) set_freezer "$node" FROZEN ;;
    thaw:) set_freezer "$node" THAWED ;;
    replace:) replace "$node" ;;
    *) usage ;;
  esac
}

main "$@"
