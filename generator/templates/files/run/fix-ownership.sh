#!/usr/bin/env bash
# Gives the volume's folder to the server's user, where somebody made it as root, and with it the data directory that a server of another
# user has made and that shall be taken over. The only script that runs as root; what else lies on the volume keeps its owner.
#
# reads:   ADOPT_FOLDER VOLUME_OWNER
# exits:   0 when the folder is the server's; else 1
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load lib/log lib/places

main() {
  local owner
  if [[ ! $VOLUME_OWNER =~ ^[0-9]+:[0-9]+$ ]]; then
    refuse "With the value storage.fixOwnership, pod.securityContext must say with runAsUser and runAsGroup to whom the volume is given."
  fi
  if [[ -n $ADOPT_FOLDER && -d $VOLUME/$ADOPT_FOLDER ]]; then give_data "$VOLUME/$ADOPT_FOLDER"; fi
  owner=$(owner_of "$VOLUME")
  if [[ $owner == "$VOLUME_OWNER" ]]; then return 0; fi
  change_owner "$owner" "$VOLUME"
  log "the volume's folder belonged to $owner and is now the server's, $VOLUME_OWNER"
}

owner_of() { stat --format '%u:%g' "$1"; }

# change_owner OWNER FILE
change_owner() {
  local reason
  if reason=$(chown "$VOLUME_OWNER" "$2" 2>&1); then return 0; fi
  refuse "The volume's folder belongs to $1 and its owner cannot be changed from here: ${reason##*: }." \
    "An NFS export with root_squash is a usual cause; there, run chown $VOLUME_OWNER on the folder where it is stored."
}

# give_data FOLDER: a folder is given last, so one that is the server's is complete. Where the volume itself was the data directory, its
# files tell.
give_data() {
  local owner
  owner=$(owner_of "$1")
  if [[ $owner == "$VOLUME_OWNER" && $(owner_of "$1/ibdata1" 2> /dev/null || printf %s "$owner") == "$owner" ]]; then return 0; fi
  if [[ $owner == "$VOLUME_OWNER" ]]; then owner=$(owner_of "$1/ibdata1"); fi
  give_folder "$1" || refuse "The data directory in the folder $ADOPT_FOLDER belongs to $owner and its owner cannot be changed from here; chown's" \
    "words are in this container's log. An NFS export with root_squash is a usual cause; there, run chown -R $VOLUME_OWNER on it where it is stored."
  log "the data directory in the folder $ADOPT_FOLDER belonged to $owner and is now the server's; chown -R $owner gives it back"
}

# give_folder FOLDER: root may change owners here and nothing else, so it reads a folder as its owner.
give_folder() {
  local folder
  chown 0 "$1" || return
  while IFS= read -r -d '' folder; do
    give_folder "$folder" || return
  done < <(find "$1" -mindepth 1 -maxdepth 1 -type d ! -name 'lost+found' -print0)
  find "$1" -mindepth 1 -maxdepth 1 ! -type d -exec chown --no-dereference "$VOLUME_OWNER" {} + || return
  chown "$VOLUME_OWNER" "$1"
}

main
