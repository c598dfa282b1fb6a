#!/usr/bin/env bash
# Takes over a data directory that was made without this chart, on the primary's volume. It is never copied
# and never lies in a folder that somebody wipes; it becomes the instance by renames. Each state that a stop can leave is
# gone on from.
#
# reads:   ADOPT_FOLDER
# gives:   ADOPTED GATHERED
# writes:  $RUN/old-log.index
# exits:   never
load do/accounts do/adopt-accounts do/adopt-checks do/adopt-server do/instance do/server engine/current lib/files lib/log lib/places lib/text see/foreign talk/sql

# The instance on its way: first its record, then the data: by one rename, or file by file into a folder that gets its name at the end.
readonly ADOPTED=$VOLUME/adopted
readonly GATHERED=$ADOPTED/gathered

adoption_is_complete() { [[ -d $ADOPTED/data ]]; }

adopt() {
  local old=$VOLUME/$ADOPT_FOLDER
  if [[ $ADOPT_FOLDER == . ]]; then old=$VOLUME; fi
  if [[ ! -d $GATHERED ]]; then
    require_data_directory "$old"
    require_adoptable "$old"
    log "taking over the data directory in the folder $ADOPT_FOLDER: ${FOREIGN[family]} ${FOREIGN[version]} fits." \
      'Until here nothing was changed; from here on the old server must not open it any more'
    settle_old_server "$old"
    make_own "$old"
  fi
  put_in_place "$old"
  sync_to_disk "$VOLUME"
}

# settle_old_server FOLDER: the old server's last transactions may be in its binary log alone, so a server with the old name of it
# recovers first, and raises the data where it is of an older series. Then these logs go: other servers cannot use them.
settle_old_server() {
  local names options=() name suspects
  mapfile -t names < <(old_logs "$1")
  suspects=$(open_tables "$1")
  if ((${#names[@]} > 0)); then
    old_log_index "$1" "${names[0]}" > "$RUN/old-log.index"
    options=("--log-bin=${names[0]}" "--log-bin-index=$RUN/old-log.index")
  fi
  for name in "$1"/*relay*.index; do
    if [[ -f $name ]]; then options+=("--relay-log=$(basename "$name" .index)" --relay-log-recovery=OFF); fi
  done
  start_old_server "$1" ${options[@]+"${options[@]}"}
  require_tables_inside
  if ((suspects > 0)); then require_sound_tables; fi
  raise_old_data
  forget_sources
  begin_history_sql | local_sql
  stop_temporary_server
  for name in ${names[@]+"${names[@]}"}; do
    rm -f "$1/$name".*
    log "the binary logs $name.* are gone, since replicas of this release cannot use them"
  done
  rm -f "$1"/*-relay-bin[.-]* "$1"/relay-log.info "$1"/master.info "$1"/multi-master.info "$1"/auto.cnf
  set_persisted_aside "$1"
}

raise_old_data() {
  if family_upgrade "$ADMIN_FILE"; then return 0; fi
  stop_temporary_server || true
  refuse "The data could not be raised to $ENGINE_NAME; the upgrade's words are in this container's log. Once what they say is mended, this goes on."
}

# old_logs FOLDER: prints the names of binary logs, the one first that was used last.
old_logs() {
  local index names=()
  for index in "$1"/*.index; do
    if [[ ! -f $index || $index == *relay* ]]; then continue; fi
    if ((${#names[@]} > 0)) && [[ ! $index -nt $1/${names[0]}.index ]]; then
      names+=("$(basename "$index" .index)")
    else
      names=("$(basename "$index" .index)" ${names[@]+"${names[@]}"})
    fi
  done
  if ((${#names[@]} > 0)); then printf '%s\n' ${names[@]+"${names[@]}"}; fi
}

# old_log_index FOLDER NAME: prints the index with the files where they are now; the old one may say where they were mounted then.
old_log_index() {
  local file
  while IFS= read -r file; do
    if [[ -f $1/${file##*/} ]]; then printf '%s\n' "$1/${file##*/}"; fi
  done < "$1/$2.index"
}

# forget_sources: a replica's settings and relay logs; what it had not applied yet would be lost, so it is named.
forget_sources() {
  local source
  while IFS= read -r source; do
    log "the data was a replica of ${source#*$'\t'}: its settings and relay logs go, with what it had received and not applied"
    forget_source_sql "${source%%$'\t'*}" | local_sql
  done < <(sources_sql | local_sql | cut --fields="$(sources_columns)")
}

# set_persisted_aside FOLDER: what SET PERSIST left would change the chart's settings behind its back.
set_persisted_aside() {
  local names
  if [[ ! -f $1/mysqld-auto.cnf ]]; then return 0; fi
  names=$(words_in "$1/mysqld-auto.cnf" '"[a-z0-9_.]+" *: *\{ *"Value"' | sed 's/^"//; s/".*//' | sort --unique | tr '\n' ' ')
  mv "$1/mysqld-auto.cnf" "$1/mysqld-auto.cnf.old"
  log "settings that SET PERSIST left are no longer in force: ${names:-none }(the file is mysqld-auto.cnf.old now); write into the value config.common" \
    'what shall stay'
}

# make_own FOLDER: what initialise.sh gives a new instance, and the record.
make_own() {
  local cluster version
  start_old_server "$1"
  cluster=$(local_cluster 2> /dev/null) || cluster=$(random_hex 16)
  close_open_accounts
  cluster_schema_sql "$cluster" | local_sql
  keep_accounts
  name_other_accounts
  version=$(server_version)
  stop_temporary_server
  rm -rf "$ADOPTED"
  mkdir "$ADOPTED"
  write_record "$ADOPTED" "$cluster" 1 "$version"
}

# put_in_place FOLDER: one rename, or, where the volume itself was the data directory, all of its files but hidden ones. Once the first
# is gone from there, no start looks for a data directory any more.
put_in_place() {
  local file
  if [[ $1 != "$VOLUME" ]]; then
    mv --no-target-directory "$1" "$ADOPTED/data"
    return 0
  fi
  mkdir -p "$GATHERED"
  sync_to_disk "$ADOPTED"
  for file in "$VOLUME"/*; do
    case ${file##*/} in
      adopted | 'lost+found') ;;
      *) mv --no-target-directory "$file" "$GATHERED/${file##*/}" ;;
    esac
  done
  sync_to_disk "$GATHERED"
  mv --no-target-directory "$GATHERED" "$ADOPTED/data"
}
