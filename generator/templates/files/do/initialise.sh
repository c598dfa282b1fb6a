#!/usr/bin/env bash
# Makes the first instance of a cluster, in staging. What fails here leaves nothing behind.
#
# reads:   APP_DATABASE $SETTINGS/initdb
# writes:  $RUN/initdb.log
# exits:   never
load do/accounts do/instance do/server engine/current lib/log lib/places lib/text talk/sql

initialise() {
  local cluster
  require_runnable_scripts || return
  require_no_other_data || return
  cluster=$(random_hex 16)
  empty_staging
  log "creating the data directory of a new cluster with $ENGINE_NAME"
  create_data_directory "$STAGING/data" || refuse "The server could not create its data directory; its words are above in this log." \
    || return
  start_temporary_server "$STAGING/data" --read-only=OFF "--${OPTION_READ_ONLY//_/-}=OFF" \
    || refuse "The new server did not start; its words are in this container's log. A setting of config.* is the usual cause." \
    || return
  load_time_zones
  cluster_schema_sql "$cluster" | local_sql
  keep_accounts
  run_initdb_scripts
  record_new_instance "$cluster"
}

# require_no_other_data: an empty database beside data that lies there is hardly what somebody wants who kept the volume.
require_no_other_data() {
  local folder
  folder=$(find "$VOLUME" -maxdepth 3 -path "$STAGING" -prune -o -name ibdata1 -printf '%P\n' -quit 2> /dev/null) || true
  if [[ -z $folder ]]; then return 0; fi
  folder=${folder%ibdata1}
  folder=${folder%/}
  refuse "The volume is to get an empty database, but there is a data directory on it: ${folder:-the volume itself}. Nothing is initialised." \
    "Take it over with the value storage.adoptFolder: ${folder:-.}, or remove it."
}

record_new_instance() {
  local version
  version=$(server_version)
  stop_temporary_server
  write_record "$STAGING" "$1" 1 "$version"
}

# The tables come along with every clone, so they are kept out of the binary log.
load_time_zones() {
  if [[ ! -d /usr/share/zoneinfo ]]; then
    log "the image has no /usr/share/zoneinfo: named time zones stay unknown to the server"
    return 0
  fi
  log "loading the time zones"
  { printf 'SET SESSION sql_log_bin = 0; USE mysql;\n' && "$ENGINE_TIME_ZONES" /usr/share/zoneinfo 2> /dev/null; } | local_sql
}

# initdb_scripts: prints the files of the mounted folders, in the order of their names.
initdb_scripts() { find -L "$SETTINGS/initdb" -maxdepth 2 -type f -not -path '*/..*' | sort; }

# require_runnable_scripts: a database that is Ready without the data that somebody gave it is the worst answer, so what cannot be run is
# refused before anything is made.
require_runnable_scripts() {
  local script scripts
  mapfile -t scripts < <(initdb_scripts)
  for script in ${scripts[@]+"${scripts[@]}"}; do
    case $script in
      *.sql | *.sql.gz) ;;
      *.sh) require_unix_lines "$script" || return ;;
      *)
        refuse "The initdb script ${script##*/} is neither .sql, .sql.gz nor .sh, so it cannot be run. Nothing was made." \
          "Unpack it, or pack it with gzip, and name it so (value initdb); or take it out." || return
        ;;
    esac
  done
}

require_unix_lines() {
  if ! grep --quiet $'\r$' "$1"; then return 0; fi
  refuse "The initdb script ${1##*/} has Windows line ends, which bash takes for a part of each line. Nothing was made." \
    "Save it with Unix line ends (value initdb)."
}

# run_initdb_scripts: the list is complete before the first one runs, since a shell script may read its standard input to the end.
run_initdb_scripts() {
  local script scripts
  mapfile -t scripts < <(initdb_scripts)
  for script in ${scripts[@]+"${scripts[@]}"}; do
    log "running ${script##*/}"
    run_initdb_script "$script" 2> "$RUN/initdb.log" || refuse_initdb_script "${script##*/}" "$?" || return
    cat "$RUN/initdb.log" >&2
  done
}

run_initdb_script() {
  local database=()
  if [[ -n $APP_DATABASE ]]; then database=("--database=$APP_DATABASE"); fi
  case $1 in
    *.sql) initdb_client ${database[@]+"${database[@]}"} < "$1" ;;
    *.sql.gz) gzip --decompress --stdout "$1" | initdb_client ${database[@]+"${database[@]}"} ;;
    *.sh) run_initdb_shell "$1" ;;
  esac
}

# The client counts lines of its input for its error messages, so a script is read without our preamble.
initdb_client() {
  local options
  mapfile -t options < <(family_client_options)
  "$ENGINE_CLIENT" --defaults-file="$ADMIN_FILE" --default-character-set=utf8mb4 ${options[@]+"${options[@]}"} "$@"
}

# A shell script finds the client ready to use: ENGINE_CLIENT is its name, and ~/.my.cnf logs it in.
run_initdb_shell() {
  local home
  home=$(mktemp --directory)
  cp "$ADMIN_FILE" "$home/.my.cnf"
  HOME=$home bash "$SCRIPTS/run/run-initdb-shell.sh" "$1" "$ENGINE_CLIENT"
}

# refuse_initdb_script NAME STATUS
refuse_initdb_script() {
  local reason
  reason=$(grep --max-count=1 ERROR "$RUN/initdb.log" || tail -n 1 "$RUN/initdb.log")
  cat "$RUN/initdb.log" >&2
  stop_temporary_server || true
  discard "$STAGING"
  refuse "The initdb script $1 failed: ${reason:-it ended with status $2}." \
    "Nothing of the new instance was kept; correct the script (value initdb) and it starts again from nothing."
}
