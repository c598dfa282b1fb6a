#!/usr/bin/env bash
# The vertical output of a client, by column.
#
# gives:   STATUS
# exits:   never

# What the server said, a value a column.
declare -gA STATUS
STATUS=()

# read_status LINE...: reads vertical output into STATUS. A value may go on over several lines.
read_status() {
  local line column='' pattern='^ *([A-Za-z_]+): ?(.*)$'
  STATUS=()
  for line in "$@"; do
    if [[ $line =~ $pattern ]]; then
      column=${BASH_REMATCH[1]}
      STATUS[$column]=${BASH_REMATCH[2]}
    elif [[ -n $column && $line != '***'* ]]; then
      STATUS[$column]+=$line
    fi
  done
}

# status COLUMN: prints a value of STATUS, nothing where the server said nothing.
status() { printf '%s' "${STATUS[$1]-}"; }

status_is() { [[ ${STATUS[$1]-} == "$2" ]]; }
