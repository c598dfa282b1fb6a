#!/usr/bin/env bash
# Makes the empty server that receives a clone by plugin. It takes seconds, so it is done while no donor is ready yet,
# and once for all attempts of a container.
set -Eeuo pipefail
# shellcheck source=environment.sh
. "${BASH_SOURCE[0]%/*}/environment.sh"
# shellcheck source=attempt.sh
. "${BASH_SOURCE[0]%/*}/attempt.sh"

rm -rf "$RECEIVER"
create_data_directory "$RECEIVER"
