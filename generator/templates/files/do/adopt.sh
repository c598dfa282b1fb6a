#!/usr/bin/env bash
# Takes over a data directory that was made without this chart, on the primary's volume: the tutorial's, for one. It is never copied
# and never lies in a folder that somebody wipes; it becomes the instance by renames. Each state that a stop can leave is
# gone on from.
#
# reads:   ADOPT_FOLDER
# gives:   ADOPTED
# exits:   never
load do/accounts do/instance do/server engine/current lib/files lib/log lib/places lib/quoting lib/text talk/sql

# The instance on its way: first its record, then, by one rename, the data.
readonly ADOPTED=$VOLUME/adopted

adoption_is_complete() { [[ -d $ADOPTED/data ]]; }

adopt() {
  local old=$VOLUME/$ADOPT_FOLDER
  require_data_directory "$old"
  log "taking over the data directory in the folder $ADOPT_FOLDER"
  settle_old_logs "$old"
  make_own "$old"
  mv --no-target-directory "$old" "$ADOPTED/data"
  sync_to_disk "$VOLUME"
}

# require_data_directory FOLDER: an empty primary must not take the place of data that was only not found.
require_data_directory() {
  if [[ -w $1/ibdata1 && -d $1/mysql ]]; then return 0; fi
  if [[ -d $1 && ! -w $1 || -f $1/ibdata1 ]]; then
    refuse "The data directory in the folder $ADOPT_FOLDER belongs to $(stat --format '%u:%g' "$1") and user $(id -u) cannot" \
      "write to it. Give it to the server where the volume is stored: chown -R $(id -u):$(id -g) on that folder." || return
  fi
  refuse "The primary's volume has no data directory in a folder $ADOPT_FOLDER, which the value storage.adoptFolder names." \
    "Nothing is initialised. Name the folder that holds ibdata1, or remove the value to begin with an empty database."
}

# settle_old_logs FOLDER: the old server's last transactions may be in its binary log alone, so a server with the old names
# recovers first. Then these logs go: their transactions have no GTIDs, and no replica could use them.
settle_old_logs() {
  local index name='' options=()
  for index in "$1"/*-bin.index; do
    if [[ -f $index && $index != *-relay-bin.index ]]; then name=${index##*/}; fi
  done
  if [[ -z $name ]]; then return 0; fi
  name=${name%.index}
  mapfile -t options < <(family_old_options)
  start_old_server "$1" "--log-bin=$name" ${options[@]+"${options[@]}"}
  printf '%s;\n' "$SQL_RESET_GTIDS" | local_sql
  stop_temporary_server
  rm -f "$1/$name".*
  log "the binary logs $name.* are gone, since their transactions have no GTIDs"
}

start_old_server() {
  start_temporary_server "$@" --read-only=OFF "--${OPTION_READ_ONLY//_/-}=OFF" --event-scheduler=OFF \
    || refuse "The server does not start on the data directory in the folder $ADOPT_FOLDER; its words are in this container's log." \
      "Data of another series than $ENGINE_SERIES is a usual cause: take it over with its own engine, and upgrade then."
}

# make_own FOLDER: what initialise.sh gives a new instance, and the record.
make_own() {
  local cluster version
  start_old_server "$1"
  cluster=$(local_cluster 2> /dev/null) || cluster=$(random_hex 16)
  close_open_accounts
  cluster_schema_sql "$cluster" | local_sql
  keep_accounts
  version=$(server_version)
  stop_temporary_server
  rm -rf "$ADOPTED"
  mkdir "$ADOPTED"
  write_record "$ADOPTED" "$cluster" 1 "$version"
}

# close_open_accounts: root from elsewhere and accounts without a name go. One in whose name a view or a routine runs is
# locked instead, since these would stop working.
close_open_accounts() {
  local user host account
  while IFS=$'\t' read -r host user; do
    account=$(sql_string "$user")@$(sql_string "$host")
    if defines_something "$user@$host"; then
      password_sql "ALTER USER $account" "$AGENT_PASSWORD_PREFIX$(random_hex 24)" 'ACCOUNT LOCK' | local_sql
      log "the account $account is locked: views or routines run in its name"
    else
      printf 'DROP USER %s;\n' "$account" | local_sql
      log "the account $account is gone"
    fi
  done < <(printf "SELECT host, user FROM mysql.user WHERE user = 'root' AND host <> 'localhost' OR user = '';\n" | local_sql)
}

# defines_something DEFINER
defines_something() {
  local count
  count=$(
    local_sql << SQL
SELECT COUNT(*) FROM (SELECT definer FROM information_schema.views UNION ALL SELECT definer FROM information_schema.routines
  UNION ALL SELECT definer FROM information_schema.triggers UNION ALL SELECT definer FROM information_schema.events) AS all_definers
WHERE definer = $(sql_string "$1");
SQL
  )
  ((count > 0))
}
