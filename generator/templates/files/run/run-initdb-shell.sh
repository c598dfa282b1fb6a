#!/usr/bin/env bash
# Runs one initdb script of the user's, stops at its first failing line and names it.
#
# exits:   as the script
set -Ee
trap 'echo "ERROR in line $LINENO of ${1##*/}: $BASH_COMMAND" >&2' ERR

# shellcheck source=/dev/null
. "$1"
