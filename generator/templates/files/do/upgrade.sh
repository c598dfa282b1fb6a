#!/usr/bin/env bash
# Upgrades an instance to the version of the server in the image. Only start-mysql does it, before a client can connect: a temporary
# server opens the data, and once that is done the record says that no older server may. What fails leaves the record as it was.
#
# gives:   UPGRADE
# exits:   never
load do/instance engine/current lib/log lib/places see/versions see/volume

# The process of the upgrade that is under way.
UPGRADE=

# settle_upgrade: does nothing while the instance is of the server's own version.
settle_upgrade() {
  local version known
  version=$(version_of "$ENGINE_SERVER")
  known=$(record_value "$INSTANCE" version)
  if [[ $(record_value "$INSTANCE" engine) == "$ENGINE_NAME" && $known == "$version" ]]; then return 0; fi
  require_known_data
  log "raising the data from $(record_value "$INSTANCE" engine) ($known) to $ENGINE_NAME ($version)"
  bash "$SCRIPTS/run/upgrade-instance.sh" &
  UPGRADE=$!
  wait "$UPGRADE" || refuse_upgrade "$known" "$version" || return
  UPGRADE=
  renew_record "$version"
  log "the data is of $ENGINE_NAME ($version)"
}

# stop_upgrade: a pod that stops lets the server of an upgrade shut down.
stop_upgrade() {
  if [[ -z $UPGRADE ]]; then return 0; fi
  kill -TERM "$UPGRADE" 2> /dev/null || true
  wait "$UPGRADE" || true
}

# refuse_upgrade OLD NEW
refuse_upgrade() {
  refuse "The data of $(record_value "$INSTANCE" engine) ($1) could not be raised to $ENGINE_NAME ($2); the server's words are in this" \
    "container's log. A setting under config that the new series does not know is the usual cause. Correct it, or set the" \
    "value 'engine' or 'images.server.tag' back: the rollout has stopped here, and the pods before this one were not touched."
}
