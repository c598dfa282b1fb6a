#!/usr/bin/env bash
# How a script gets the functions of others: it names them in one line, and each file is read once.
#
# gives:   SCRIPTS LOADED
# exits:   never

# The folder of all scripts, and the files that have been read.
readonly SCRIPTS=${BASH_SOURCE[0]%/lib/*}
declare -A LOADED=()

# load FOLDER/NAME...: what these files load themselves comes with them. They are read inside this function, where declare would make a
# variable that ends with it: they set their globals with readonly, or plainly.
load() {
  local name
  for name in "$@"; do
    if [[ -n ${LOADED[$name]-} ]]; then continue; fi
    LOADED[$name]=yes
    # shellcheck source=/dev/null
    . "$SCRIPTS/$name.sh"
  done
}
