#!/usr/bin/env bash
# Restores the newest backup of this release from its target into a server of nobody, and notes beside it that this was done.
#
# reads:   FULLNAME POD_NAMESPACE
# gives:   MANIFEST BACKUP_ID PLACE
# writes:  $RUN/verified.json
# exits:   0 when the backup was restored and is sound; 143 when it is stopped; else 1
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/catalogue do/configuration do/fetch do/server do/verify engine/current lib/log lib/manifest lib/places lib/time see/backups talk/sql talk/target

# choose: the newest one, whichever cluster it is of: that is what a restore takes by itself.
choose() {
  local cluster
  find_backups '*' || refuse "$(target_name) cannot be listed: $(carrier_words)." || return
  if [[ -z $BACKUPS ]]; then
    refuse "$(target_name) has no complete backup of this release, so there is nothing to verify. Take one now: see the notes of the release." \
      || return
  fi
  MANIFEST=$(manifest_of "${BACKUPS%%$'\n'*}")
  IFS=, read -r _ BACKUP_ID cluster _ <<< "$BACKUPS"
  PLACE=$cluster/backups/$BACKUP_ID
}

# prove_backup: what the server finds must be what the manifest speaks of.
prove_backup() {
  local position
  start_temporary_server "$STAGING/data" --read-only=OFF "--${OPTION_READ_ONLY//_/-}=OFF" \
    || refuse "The backup $BACKUP_ID does not start as a server; its words are in this log." || return
  position=$(position_sql | local_sql)
  if [[ $(local_cluster) != "$(manifest_value "$MANIFEST" cluster)" || $position != "$(manifest_value "$MANIFEST" position)" ]]; then
    refuse "The backup $BACKUP_ID holds another cluster or position than its manifest speaks of. Do not rely on it: take another one." || return
  fi
  require_whole_tables "$BACKUP_ID"
  require_answer "$BACKUP_ID"
  stop_temporary_server
}

main() {
  open_target "$POD_NAMESPACE/$FULLNAME"
  require_target
  choose
  write_configuration
  mkdir "$STAGING"
  fetch_backup "$MANIFEST" "$PLACE" "$VOLUME/fetched" "$STAGING"
  prove_backup
  manifest_json format 1 id "$BACKUP_ID" verified "$(TZ=UTC printf '%(%FT%TZ)T' -1)" seconds "$(now)" > "$RUN/verified.json"
  put "$RUN/verified.json" "$PLAIN$PLACE/verified.json" \
    || refuse "The backup $BACKUP_ID is sound, and that could not be noted beside it: $(carrier_words)." || return
  log "the backup $BACKUP_ID is verified: it was restored, all its tables are sound"
  if find_backups '*'; then write_catalogue; fi
}

# As process 1 bash would wait for its current command before it ends. When it ends, the kernel ends the others.
trap 'exit 143' TERM
main &
wait "$!"
