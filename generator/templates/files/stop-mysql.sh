#!/usr/bin/env bash
# What Kubernetes runs before it asks the server to stop.
set -Eeuo pipefail
# shellcheck source=environment.sh
. "${BASH_SOURCE[0]%/*}/environment.sh"

# A server that does not answer needs no word of goodbye.
before_shutdown_sql | local_sql || true
