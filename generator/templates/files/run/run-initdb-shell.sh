#!/usr/bin/env bash
# Runs one initdb script of the user's, stops at its first failing line and names it. The script, and what it starts, find the name of the
# database client in ENGINE_CLIENT.
#
# gives:   ENGINE_CLIENT
# exits:   as the script
set -Ee
trap 'echo "ERROR in line $LINENO of ${1##*/}: $BASH_COMMAND" >&2' ERR

export ENGINE_CLIENT=$2
set -- "$1"
# shellcheck source=/dev/null
. "$1"
