#!/usr/bin/env bash
# Removes the backups that nobody asked to keep, once a new one is complete. What cannot be deleted, as under a lock, stays and is no failure.
#
# reads:   BACKUP_DEADLINE KEEP_FOR KEEP_LAST
# exits:   never
load decide/retention lib/log lib/time see/backups talk/target

# retain CLUSTER: touches no other cluster's, and deletes nothing while the list is in doubt.
retain() {
  local id all=()
  if ! find_backups "$1" || [[ -n $DOUBT ]]; then
    log "no backup is removed, since the list may not be all that there is: $DOUBT"
    return 0
  fi
  mapfile -t all <<< "$BACKUPS"
  expire "$(now)" "$KEEP_LAST" "$(seconds "$KEEP_FOR")" "${all[@]}"
  for id in $EXPIRED; do remove_backup "$1" "$id"; done
  remove_leftovers "$1"
}

# remove_backup CLUSTER ID: its manifest goes first, so that a backup of which a part is gone is none.
remove_backup() {
  local place=$1/backups/$2
  if carry deletefile "$PLAIN$place/manifest.json" && remove_place "$PLAIN$place"; then
    log "the backup $2 is older than backup.keep asks for, and is removed"
  else
    log "the backup $2 could not be removed: $(carrier_words)"
  fi
}

# remove_leftovers CLUSTER: what runs have left that were stopped. A run that is still at it is younger than two deadlines.
remove_leftovers() {
  local id begun ids=()
  mapfile -t ids < <(carry lsf --dirs-only "$PLAIN$1/backups")
  for id in ${ids[@]+"${ids[@]%/}"}; do
    begun=$(begin_of "$id") || continue
    if [[ $BACKUPS == *,"$id",* ]] || (($(now) - begun < 2 * $(seconds "$BACKUP_DEADLINE"))); then continue; fi
    log "the folder $id has no manifest and is left of a run that was stopped: it is removed"
    remove_place "$PLAIN$1/backups/$id" || log "the folder $id could not be removed: $(carrier_words)"
  done
}

# begin_of ID: prints when the run of a backup began, in seconds; its name says it, as in 20261128T031700Z-0a1b2c.
begin_of() {
  date --utc --date="${1:0:4}-${1:4:2}-${1:6:2} ${1:9:2}:${1:11:2}:${1:13:2}" +%s 2> /dev/null
}
