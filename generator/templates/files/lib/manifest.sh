#!/usr/bin/env bash
# The manifest of a backup: what it is, in JSON of plain texts, one a line, so that bash and people can read it.
#
# exits:   never

# manifest_json KEY VALUE...: prints one. No value has quotes, backslashes or line feeds.
manifest_json() {
  local end=$'\n'
  printf '{'
  while (($# > 0)); do
    printf '%s  "%s": "%s"' "$end" "$1" "$2"
    end=$',\n'
    shift 2
  done
  printf '\n}\n'
}

# manifest_value FILE KEY: prints a value, nothing where there is none.
manifest_value() {
  local line pattern="^ *\"$2\": \"([^\"]*)\",?\$"
  while IFS= read -r line; do
    if [[ $line =~ $pattern ]]; then printf '%s\n' "${BASH_REMATCH[1]}"; fi
  done < "$1"
}

# is_manifest FILE ID: whether it is one of that backup, and whole.
is_manifest() {
  local text=''
  IFS= read -r -d '' text 2> /dev/null < "$1" || true
  [[ $text == '{'$'\n'*'}'$'\n' && $(manifest_value "$1" format) == 1 && $(manifest_value "$1" id) == "$2" ]]
}
