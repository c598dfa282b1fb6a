#!/usr/bin/env bash
# What is really in the images. A tag may say anything, and a digest says nothing; the programs know.
#
# reads:   CLONE_METHOD
# exits:   never
load engine/current lib/log lib/places lib/text see/volume

# version_of PROGRAM: prints the first full version in its own words. Backup tools say it on standard error.
version_of() {
  local words
  words=$("$1" --no-defaults --version 2>&1) || true
  if [[ $words =~ ([0-9]+\.[0-9]+\.[0-9]+) ]]; then printf '%s\n' "${BASH_REMATCH[1]}"; fi
}

# tool_series: prints what the version of the clone tool must begin with.
tool_series() {
  local tool
  for tool in $ENGINE_TOOLS; do
    if [[ ${tool%%=*} == "$CLONE_METHOD" ]]; then printf '%s\n' "${tool#*=}"; fi
  done
}

# require_version IMAGE PROGRAM SERIES: refuses an image that holds another series; IMAGE is the value that names it.
require_version() {
  local version
  command -v "$2" > /dev/null || refuse "The image of the value $1 has no program $2, so it is not one for $ENGINE_NAME." || return
  version=$(version_of "$2")
  if [[ $version == "$3".* ]]; then return 0; fi
  refuse "The image of the value $1 holds $2 ${version:-of an unknown version}, and $ENGINE_NAME needs $3." \
    "Nothing was changed: name an image of the series $3 in $1, or leave it empty for the one that was tested."
}

require_server_version() { require_version images.server "$ENGINE_SERVER" "$ENGINE_SERIES"; }

# require_tool_version PROGRAM: beside the tool, an image needs what carries the stream and what asks the server.
require_tool_version() {
  local program
  require_version images.clone "$1" "$(tool_series)"
  if [[ $CLONE_METHOD == plugin ]]; then return 0; fi
  for program in socat "$ENGINE_CLIENT"; do
    command -v "$program" > /dev/null \
      || refuse "The image of the value images.clone has no program $program. A newer build of the same tag may have it: pull it again." \
      || return
  done
}

# require_known_data: refuses data that this engine cannot open, before the server could touch it.
require_known_data() {
  local engine version
  engine=$(record_value "$INSTANCE" engine)
  version=$(record_value "$INSTANCE" version)
  if [[ $engine == "$ENGINE_NAME" ]]; then
    require_no_step_down "$version" "$(version_of "$ENGINE_SERVER")"
  elif [[ " $ENGINE_UPGRADES_FROM " != *" $engine "* ]]; then
    refuse "The volume holds data of $engine ($version), which $ENGINE_NAME cannot open." \
      "Nothing was changed: set the value 'engine' back to $engine, or go through a series in between."
  fi
}

# require_no_step_down DATA SERVER: no server is promised to open what a later one of its series has written.
require_no_step_down() {
  if ! is_later "$1" "$2"; then return 0; fi
  refuse "The volume holds data of $ENGINE_NAME $1, and the image of the value images.server holds the older $2." \
    "Nothing was changed: name an image of $1 or later in images.server."
}
