#!/usr/bin/env bash
# Runs a command with the pinned tools first on PATH:  tools/run.sh helm template chart
set -Eeuo pipefail
PATH=$("$(dirname -- "$0")/path.sh"):$PATH
exec "$@"
