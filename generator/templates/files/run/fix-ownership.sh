#!/usr/bin/env bash
# Gives the volume's folder to the server's user, where somebody made it as root. The only script that runs as root; what lies
# in the folder keeps its owner, since the server made it.
#
# reads:   VOLUME_OWNER
# exits:   0 when the folder is the server's; else 1
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load lib/log lib/places

main() {
  local owner reason
  if [[ ! $VOLUME_OWNER =~ ^[0-9]+:[0-9]+$ ]]; then
    refuse "With the value storage.fixOwnership, pod.securityContext must say with runAsUser and runAsGroup to whom the volume is given."
  fi
  owner=$(stat --format '%u:%g' "$VOLUME")
  if [[ $owner == "$VOLUME_OWNER" ]]; then return 0; fi
  reason=$(chown "$VOLUME_OWNER" "$VOLUME" 2>&1) \
    || refuse "The volume's folder belongs to $owner and its owner cannot be changed from here: ${reason##*: }." \
      "An NFS export with root_squash is a usual cause; there, run chown $VOLUME_OWNER on the folder where it is stored."
  log "the volume's folder belonged to $owner and is now the server's, $VOLUME_OWNER"
}

main
