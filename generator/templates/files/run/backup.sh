#!/usr/bin/env bash
# Makes a backup of the copy in staging: proves it by a server, compresses it, stores it, and writes its manifest last. Then it removes what is
# too old, and writes the catalogue.
#
# reads:   CLONE_METHOD COMPRESSION_LEVEL FULLNAME POD_NAMESPACE
# gives:   BACKUP_ID BACKUP_SECONDS POSITION HISTORY VERSION CLUSTER
# writes:  $RUN/manifest.json
# exits:   0 when the backup is complete; 143 when it is stopped; else 1
set -Eeuo pipefail
# shellcheck source=lib/load.sh
. "${BASH_SOURCE[0]%/run/*}/lib/load.sh"
load do/catalogue do/configuration do/pack do/retain do/server engine/current lib/files lib/log lib/manifest lib/places lib/text lib/time see/backups see/volume talk/sql talk/target

# prove_copy: a server of nobody must start on the copy. A tool's copy learns its position here, as a replica's does from its agent.
prove_copy() {
  CLUSTER=$(record_value "$STAGING" cluster)
  start_temporary_server "$STAGING/data" --read-only=OFF "--${OPTION_READ_ONLY//_/-}=OFF" \
    || refuse "The copy does not start as a server, so it is no backup; its words are in this log." || return
  printf '%s;\n' "$SQL_RESET_REPLICA_ALL" | local_sql
  POSITION=$(record_value "$STAGING" position)
  HISTORY=$(record_value "$STAGING" history)
  if [[ -n $POSITION ]]; then seed_position_sql "$POSITION" "$HISTORY" | local_sql; fi
  POSITION=$(position_sql | local_sql)
  HISTORY=$(history_sql | local_sql)
  VERSION=$(server_version)
  if [[ $(local_cluster) != "$CLUSTER" ]]; then
    refuse "The copy holds the cluster $(local_cluster), and its record says $CLUSTER, so it is no backup." || return
  fi
  stop_temporary_server
  log "the copy starts as a server: cluster $CLUSTER, position ${POSITION:-empty}"
}

# store PLACE: the data and its lists. What has arrived is counted, since a manifest speaks for all of it.
store() {
  local name stored
  put "$STAGING/data" "$SEALED$1/data" || refuse_store || return
  for name in files.sha256 folders; do put "$STAGING/$name" "$SEALED$1/$name" || refuse_store || return; done
  stored=$(carry lsf --recursive --files-only "$SEALED$1/data" | wc -l)
  if ((stored == $(wc -l < "$STAGING/files.sha256"))); then return 0; fi
  refuse "Of $(wc -l < "$STAGING/files.sha256") files of the backup $BACKUP_ID, $stored are in the target, so it is not complete."
}

refuse_store() {
  refuse "The backup $BACKUP_ID could not be stored: $(carrier_words). It has no manifest and does not count;" \
    "a later run removes what it left."
}

# write_manifest PLACE BYTES: from here on the backup is there.
write_manifest() {
  local sum encrypted=no
  sum=$(sha256sum "$STAGING/files.sha256")
  if target_is_encrypted; then encrypted=yes; fi
  manifest_json format 1 id "$BACKUP_ID" time "$(TZ=UTC printf '%(%FT%TZ)T' "$BACKUP_SECONDS")" seconds "$BACKUP_SECONDS" \
    release "$POD_NAMESPACE/$FULLNAME" cluster "$CLUSTER" generation "$(record_value "$STAGING" generation)" \
    engine "$ENGINE_NAME" version "$VERSION" position "$POSITION" history "$HISTORY" method "$CLONE_METHOD" \
    files "$(wc -l < "$STAGING/files.sha256")" bytes "$2" stored "$(folder_bytes "$STAGING/data")" sums "${sum%% *}" \
    encrypted "$encrypted" > "$RUN/manifest.json"
  if [[ $(target_setting kind) == volume ]]; then sync_to_disk --file-system "$TARGET_VOLUME"; fi
  put "$RUN/manifest.json" "$PLAIN$1/manifest.json" || refuse_store || return
  if [[ $(target_setting kind) == volume ]]; then sync_to_disk --file-system "$TARGET_VOLUME"; fi
  if [[ $(carry cat "$PLAIN$1/manifest.json") != "$(< "$RUN/manifest.json")" ]]; then refuse_store; fi
}

main() {
  local place bytes
  open_target "$POD_NAMESPACE/$FULLNAME"
  require_writable_target
  write_configuration
  BACKUP_SECONDS=$(now)
  BACKUP_ID=$(TZ=UTC printf '%(%Y%m%dT%H%M%SZ)T' "$BACKUP_SECONDS")-$(random_hex 3)
  prove_copy
  place=$CLUSTER/backups/$BACKUP_ID
  clean_copy "$STAGING/data"
  bytes=$(folder_bytes "$STAGING/data")
  pack "$STAGING" "$COMPRESSION_LEVEL"
  log "storing the backup $BACKUP_ID: $(mebibytes "$bytes"), compressed to $(mebibytes "$(folder_bytes "$STAGING/data")")"
  store "$place"
  write_manifest "$place" "$bytes"
  log "the backup $BACKUP_ID is complete"
  retain "$CLUSTER"
  if find_backups '*'; then write_catalogue; fi
}

# As process 1 bash would wait for its current command before it ends. When it ends, the kernel ends the others.
trap 'exit 143' TERM
main &
wait "$!"
