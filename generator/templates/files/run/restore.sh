#!/usr/bin/env bash
# Makes the first instance of a release from a backup, in staging; init-mysql gives it its name. A program of its own, since only pods that are to
# restore have its scripts.
#
# exits:   0 with a proven instance in staging; else 1
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/restore

restore
