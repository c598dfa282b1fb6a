#!/usr/bin/env bash
# Brings a backup from the target, complete and as it was, or refuses and says why.
#
# reads:   $RUN/unpack.log
# exits:   never
load do/pack lib/log lib/manifest lib/places lib/text talk/target

# fetch_backup MANIFEST PLACE TO FOLDER: brings what is in PLACE to the folder TO and unpacks it as FOLDER/data. What an earlier try has brought
# is not brought again.
fetch_backup() {
  local id
  id=$(manifest_value "$1" id)
  require_key "$1" "$id" || return
  mkdir -p "$3"
  fetch_lists "$1" "$2" "$3" "$id" || return
  log "fetching the backup $id, $(mebibytes "$(manifest_value "$1" stored)")"
  carry copy "$SEALED$2/data" "$3/data" \
    || refuse "The backup $id could not be fetched: $(carrier_words). What has arrived is kept, and the next try brings the rest." || return
  log "unpacking the backup $id, $(mebibytes "$(manifest_value "$1" bytes)")"
  unpack "$3" "$4" \
    || refuse "The backup $id is damaged: $(head -n 1 "$RUN/unpack.log"). Nothing of it is used: choose another one."
}

# require_key MANIFEST ID: a backup that is encrypted needs the password, and one that is not must not be read by way of it.
require_key() {
  if [[ $(manifest_value "$1" encrypted) == no ]]; then
    read_without_password
  elif ! target_is_encrypted; then
    refuse "The backup $2 is encrypted, and no password is given. Name the Secret that holds it in the target's value encryption.existingSecret."
  fi
}

# fetch_lists MANIFEST PLACE TO ID: the lists come first, since they show whether the password is the right one.
fetch_lists() {
  local name sum
  for name in files.sha256 folders; do
    if carry_once copyto "$SEALED$2/$name" "$3/$name" && [[ -f $3/$name ]]; then continue; fi
    if [[ $(carrier_words) == *'bad password'* ]]; then
      refuse "The backup $4 was encrypted with another password than the one that is given. Name the Secret that was in use on" \
        "$(manifest_value "$1" time)." || return
    fi
    refuse "The backup $4 is damaged: $name is missing or cannot be read. $(carrier_words)" || return
  done
  sum=$(sha256sum "$3/files.sha256")
  if [[ ${sum%% *} == "$(manifest_value "$1" sums)" ]]; then return 0; fi
  refuse "The backup $4 is damaged: its list of checksums is not the one that its manifest speaks of. Nothing of it is used: choose another one."
}
