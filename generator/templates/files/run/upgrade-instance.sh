#!/usr/bin/env bash
# Upgrades the instance to the server in the image, with a temporary server that nobody else reaches. The server upgrades its own tables when
# it starts, where the engine does that; the rest is the family's. A stop lets the server shut down.
#
# reads:   $INSTANCE/data
# exits:   0 when the server has shut down after all was upgraded
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/server engine/current lib/places talk/sql

trap stop_temporary_server TERM
start_temporary_server "$INSTANCE/data" --event-scheduler=OFF
family_upgrade "$ADMIN_FILE"
stop_temporary_server
