#!/usr/bin/env bash
# Builds the test images of some engines (default: of all that can be had) into the cache, unless they are there,
# and prints name, archive, digest and root file system of each, tab-separated.
#   test/cluster/images/build.sh [ENGINE...]
set -Eeuo pipefail
# shellcheck source=test/cluster/lib.sh
source "$(dirname -- "$0")/../lib.sh"

"$TOOLS/packages.sh" images
((EUID == 0)) || die 'test images can only be built by root, since their files belong to different users.'
lock images
cd -- "$CLUSTER_SCRIPTS"
exec node --import tsx images/main.ts "$@"
