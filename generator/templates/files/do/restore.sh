#!/usr/bin/env bash
# Makes the first instance of a cluster from a backup: in staging, proven, as a cluster of its own. What the old cluster writes later can
# never be taken for what this one writes.
#
# reads:   SERVER_ID_BASE
# gives:   FETCHED
# exits:   never
load do/accounts do/fetch do/instance do/server engine/current lib/files lib/log lib/manifest lib/places lib/quoting lib/text see/backups see/versions talk/sql talk/target

# What arrives from the target, until it is unpacked and proven.
readonly FETCHED=$VOLUME/fetched

restore() {
  local backup manifest id cluster
  open_target "$(target_setting release)"
  require_target
  backup=$(chosen_backup)
  manifest=$(manifest_of "$backup")
  IFS=, read -r _ id cluster _ <<< "$backup"
  log "restoring the backup $id of the cluster $cluster, taken at $(manifest_value "$manifest" time)"
  require_openable "$manifest" "$id"
  require_restore_room "$manifest" "$id"
  empty_staging
  fetch_backup "$manifest" "$cluster/backups/$id" "$FETCHED" "$STAGING"
  begin_new_cluster "$manifest" "$id"
  log "the backup $id is restored and proven"
}

# chosen_backup: prints the line of BACKUPS that the values ask for.
chosen_backup() {
  local wanted cluster line
  wanted=$(target_setting backup)
  cluster=$(target_setting cluster)
  cluster=${cluster:-*}
  find_backups "$cluster" || refuse "$(target_name) cannot be listed: $(carrier_words)." || return
  while read -r line; do
    if [[ -n $line && ($wanted == latest || $line == *,"$wanted",*) ]]; then
      printf '%s\n' "$line"
      return 0
    fi
  done <<< "$BACKUPS"
  refuse "$(target_name) has no complete backup '$wanted' of the release $(target_setting release) and the cluster '$cluster'." \
    "It has: $(known_backups). ${DOUBT:+There is a doubt: $DOUBT. }Nothing is initialised, so that an empty database is never taken" \
    "for the restored one. Correct the values under restore."
}

# known_backups: prints the ids in BACKUPS.
known_backups() {
  local id list=''
  while IFS=, read -r _ id _; do list+="${list:+, }$id"; done <<< "$BACKUPS"
  printf '%s\n' "${list:-none}"
}

# require_openable MANIFEST ID: before a byte is copied.
require_openable() {
  local engine version own
  engine=$(manifest_value "$1" engine)
  version=$(manifest_value "$1" version)
  own=$(version_of "$ENGINE_SERVER")
  if [[ $engine == "$ENGINE_NAME" ]] && ! is_later "$version" "$own"; then return 0; fi
  if [[ $engine != "$ENGINE_NAME" && " $ENGINE_UPGRADES_FROM " == *" $engine "* ]]; then return 0; fi
  refuse "The backup $2 is of $engine ($version), which $ENGINE_NAME ($own) cannot open. Nothing was copied: restore it with the value" \
    "engine: $engine and an image of $version or later, and upgrade then."
}

# require_restore_room MANIFEST ID: what is stored and what is unpacked lie on the volume together for a while.
require_restore_room() {
  local needed free
  needed=$(($(manifest_value "$1" bytes) + $(manifest_value "$1" stored)))
  free=$(($(free_bytes "$VOLUME") + $(folder_bytes "$FETCHED") + $(folder_bytes "$STAGING")))
  if ((free >= needed)); then return 0; fi
  refuse "The backup $2 needs $(mebibytes "$needed") on the volume while it is unpacked, and there are $(mebibytes "$free")." \
    "Nothing was copied: give the release a larger volume (value storage.size)."
}

# begin_new_cluster MANIFEST ID: a server of nobody must find in the files what the manifest says of them. Then they are another cluster's, one
# generation on, and on MariaDB another server's, whose transactions cannot be taken for the old ones.
begin_new_cluster() {
  local cluster generation position
  cluster=$(random_hex 16)
  generation=$(($(manifest_value "$1" generation) + 1))
  start_temporary_server "$STAGING/data" "--server-id=$((SERVER_ID_BASE + 100 * (generation - 1)))" --read-only=OFF \
    "--${OPTION_READ_ONLY//_/-}=OFF" --event-scheduler=OFF \
    || refuse "The backup $2 does not start as a server; its words are in this log. A setting of config.* is the usual cause." || return
  position=$(position_sql | local_sql)
  if [[ $(local_cluster) != "$(manifest_value "$1" cluster)" || $position != "$(manifest_value "$1" position)" ]]; then
    refuse "The backup $2 holds the cluster $(local_cluster) at ${position:-no position}, and its manifest speaks of" \
      "$(manifest_value "$1" cluster) at $(manifest_value "$1" position). Nothing of it is used: choose another one." || return
  fi
  if [[ $(manifest_value "$1" version) != "$(server_version)" ]]; then family_upgrade "$ADMIN_FILE"; fi
  {
    printf '%s;\n' "$SQL_RESET_REPLICA_ALL"
    seed_position_sql "$position" "$(manifest_value "$1" history)"
    printf 'UPDATE mysql_sts.cluster SET id = %s, generation = %s;\n' "$(sql_string "$cluster")" "$generation"
  } | local_sql
  keep_accounts
  record_restored "$cluster" "$generation" "$2"
}

# record_restored CLUSTER GENERATION ID
record_restored() {
  local version
  version=$(server_version)
  stop_temporary_server
  discard "$FETCHED"
  printf '%s\n' "cluster=$1" "generation=$2" "engine=$ENGINE_NAME" "version=$version" "restored=$3" | place_record "$STAGING"
}
