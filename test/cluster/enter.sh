#!/usr/bin/env bash
# Runs a command inside the local node: its processes, mounts and network.
#   test/cluster/enter.sh iptables -L
set -Eeuo pipefail
# shellcheck source=test/cluster/lib.sh
source "$(dirname -- "$0")/lib.sh"

init=$(node_init)
[[ -n $init ]] || die 'no local node is running. Start one with "make cluster-up".'
exec nsenter --target "$init" --mount --net --pid -- "$@"
