#!/usr/bin/env bash
# Versions, numbers and names as text.
#
# exits:   never

# is_later VERSION OTHER
is_later() { [[ $1 != "$2" && $(printf '%s\n' "$1" "$2" | sort --version-sort | tail -n 1) == "$1" ]]; }

mebibytes() { printf '%s MiB\n' "$(($1 / 1048576))"; }

random_hex() { od -An -N "$1" -t x1 /dev/urandom | tr -d ' \n'; }
