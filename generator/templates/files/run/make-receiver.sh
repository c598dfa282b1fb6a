#!/usr/bin/env bash
# Makes the empty server that receives a clone by plugin. It takes seconds, so it is done while no donor is ready yet,
# and once for all attempts of a container.
#
# exits:   0 when the server is made
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load engine/current lib/places

rm -rf "$RECEIVER"
create_data_directory "$RECEIVER"
