#!/usr/bin/env bash
# What must be true of a data directory from before the chart, all of it read from its files before a server opens them. Who refuses has
# changed nothing, so the old server finds its volume as it was.
#
# reads:   ADOPT_FOLDER CLONE_METHOD FULLNAME $RUN/server.cnf
# gives:   NOTHING_CHANGED ROOM_TO_START
# exits:   never
load engine/current lib/files lib/log lib/places lib/pod lib/text see/foreign see/versions

# What every refusal here ends with or says before its cure.
readonly NOTHING_CHANGED='Nothing was changed'
# What a server needs beside the data when it starts: redo log, temporary tables, binary log.
readonly ROOM_TO_START=$((256 * 1048576))

# require_adoptable FOLDER: leaves FOREIGN.
require_adoptable() {
  see_foreign "$1"
  require_adoptable_series
  require_whole_folder "$1"
  require_readable_tables "$1"
  require_same_settings "$1"
  require_cloneable_tables "$1"
  require_room
}

# require_data_directory FOLDER: an empty primary must not take the place of data that was only not found.
require_data_directory() {
  local foreign
  if [[ -d $1 && ! -x $1 ]]; then
    refuse_owner "$1" || return
  elif [[ -f $1/ibdata1 && -d $1/mysql ]]; then
    foreign=$(find "$1" -name 'lost+found' -prune -o ! -writable -print -quit 2> /dev/null) || true
    if [[ -n $foreign ]]; then refuse_owner "$foreign" || return; fi
    return 0
  fi
  refuse "The primary's volume has no data directory in a folder $ADOPT_FOLDER, which the value storage.adoptFolder names." \
    "Nothing is initialised. $(data_directories)Name the folder that holds ibdata1, or remove the value to begin with an empty database."
}

refuse_owner() {
  local owner
  owner=$(id -u):$(id -g)
  refuse "The data directory in the folder $ADOPT_FOLDER belongs to $(stat --format '%u:%g' "$1") and user $(id -u) cannot" \
    "write to it. Give it to the server where the volume is stored: chown -R $owner on that folder of the volume of claim" \
    "data-$FULLNAME-$(ordinal). Where a container may run as root, the value storage.fixOwnership does it."
}

# data_directories: prints a sentence with the folders of the volume that look like one, if there are any.
data_directories() {
  local found
  found=$(find "$VOLUME" -maxdepth 4 -name ibdata1 -printf '%P\n' 2> /dev/null | sed 's/ibdata1$//; s/\/$//; s/^$/./' | sort | tr '\n' ' ') || true
  if [[ -n $found ]]; then printf 'There is one in: %s. ' "${found% }"; fi
}

require_adoptable_series() {
  local data="${FOREIGN[family]} ${FOREIGN[version]}"
  if [[ -z ${FOREIGN[version]} ]]; then
    refuse "The data directory in the folder $ADOPT_FOLDER does not tell which server made it. $NOTHING_CHANGED." \
      "Start its own server on it once, shut that down, and try again." || return
  elif [[ ${FOREIGN[family]} != "$ENGINE_FAMILY" ]]; then
    refuse "The folder $ADOPT_FOLDER holds data of $data, which $ENGINE_NAME cannot open. $NOTHING_CHANGED: set the value 'engine' to" \
      "${FOREIGN[family]}-${FOREIGN[series]}, or to the next series that the chart has." || return
  elif is_later "${FOREIGN[series]}" "$ENGINE_SERIES"; then
    refuse "The folder $ADOPT_FOLDER holds data of $data, which is later than $ENGINE_NAME, and no server opens data of a later one." \
      "$NOTHING_CHANGED: set the value 'engine' to ${FOREIGN[family]}-${FOREIGN[series]}, or to the next series that the chart has." || return
  elif [[ " $ENGINE_ADOPTS " != *" ${FOREIGN[series]} "* ]]; then
    refuse "The folder $ADOPT_FOLDER holds data of $data, which $ENGINE_NAME cannot open: it opens data of ${ENGINE_ADOPTS// /, }." \
      "$NOTHING_CHANGED: take it over with an engine of its own series, and upgrade then." || return
  elif is_later "${FOREIGN[version]}" "$(version_of "$ENGINE_SERVER")"; then
    refuse "The folder $ADOPT_FOLDER holds data of $data, and the image of the value images.server holds the older $(version_of "$ENGINE_SERVER")." \
      "$NOTHING_CHANGED: name an image of ${FOREIGN[version]} or later in images.server." || return
  fi
}

# require_whole_folder FOLDER: the old server may have kept a part of its data in another place.
require_whole_folder() {
  local outside
  if [[ ! -f $1/ib_logfile0 && ! -d $1/#innodb_redo ]]; then
    refuse "The folder $ADOPT_FOLDER has no redo log (ib_logfile0 or #innodb_redo), without which the data cannot be opened." \
      "$NOTHING_CHANGED: shut the old server down, and move the redo log there from its innodb_log_group_home_dir." || return
  fi
  if [[ -f $1/mysql.ibd && ! -f $1/undo_001 ]]; then
    refuse "The folder $ADOPT_FOLDER has no undo tablespaces (undo_001, undo_002). $NOTHING_CHANGED: shut the old server down, and" \
      "move them there from its innodb_undo_directory." || return
  fi
  outside=$(outside_file "$1")
  if [[ -n $outside && (! -f $1/mysql.ibd || ${FOREIGN[series]} != "$ENGINE_SERIES") ]]; then
    refuse "The data has a tablespace outside of the folder $ADOPT_FOLDER: ${outside%%$'\n'*}. $NOTHING_CHANGED: on the old server, make" \
      "the table again without DATA DIRECTORY or TABLESPACE, shut it down, and try again." || return
  fi
}

require_readable_tables() {
  local file
  file=$(encrypted_file "$1")
  if [[ -z $file ]]; then return 0; fi
  refuse "The folder $ADOPT_FOLDER has encrypted tablespaces ($file), and their key is not on the volume. $NOTHING_CHANGED: on the old" \
    "server, decrypt the tables (ALTER TABLE with ENCRYPTION = 'N', on MariaDB ENCRYPTED = NO), shut it down, and try again."
}

# require_same_settings FOLDER: settings that only a new data directory can be given. The server says which it would use.
require_same_settings() {
  local settings page case files
  settings=$("$ENGINE_SERVER" --defaults-file="$RUN/server.cnf" --datadir="$RUN" --verbose --help 2> /dev/null) || return 0
  page=$(setting_of innodb-page-size "$settings")
  case=$(setting_of lower-case-table-names "$settings")
  files=$(setting_of innodb-data-file-path "$settings")
  if [[ -n $page && $page != "${FOREIGN[page]}" ]]; then
    refuse "The data in the folder $ADOPT_FOLDER has pages of ${FOREIGN[page]} bytes, and the server would use $page. $NOTHING_CHANGED:" \
      "write innodb_page_size=${FOREIGN[page]} below [mysqld] in the value config.common." || return
  elif [[ -n ${FOREIGN[case]} && -n $case && $case != "${FOREIGN[case]}" ]]; then
    refuse "The data in the folder $ADOPT_FOLDER was made with lower_case_table_names=${FOREIGN[case]}, and the server would use $case." \
      "$NOTHING_CHANGED: write lower_case_table_names=${FOREIGN[case]} below [mysqld] in the value config.common." || return
  elif [[ -f $1/ibdata2 && $files != *ibdata2* ]]; then
    refuse "The folder $ADOPT_FOLDER has a second system tablespace, ibdata2, which the server would not open. $NOTHING_CHANGED: write the" \
      "line innodb_data_file_path of the old my.cnf below [mysqld] in the value config.common." || return
  fi
}

# setting_of NAME HELP: prints the value of a setting in the server's own list.
setting_of() { sed --quiet "s/^$1  *\([^ ]*\)\$/\1/p" <<< "$2"; }

# require_cloneable_tables FOLDER: the CLONE plugin leaves tables of other engines empty, so no replica could be made.
require_cloneable_tables() {
  local file
  if [[ $CLONE_METHOD != plugin ]]; then return 0; fi
  file=$(find "$1" -path "$1/mysql" -prune -o \( -name '*.MYI' -o -name '*.CSV' -o -name '*.ARZ' \) -printf '%P\n' -quit)
  if [[ -z $file ]]; then return 0; fi
  refuse "The folder $ADOPT_FOLDER has tables that are not InnoDB's ($file), which the CLONE plugin leaves empty on replicas." \
    "$NOTHING_CHANGED: convert them on the old server (ALTER TABLE ... ENGINE = InnoDB), or set the value clone.method to xtrabackup."
}

require_room() {
  local free
  free=$(free_bytes "$VOLUME")
  if ((free >= ROOM_TO_START)); then return 0; fi
  refuse "The primary's volume has $(mebibytes "$free") left, and a server needs $(mebibytes "$ROOM_TO_START") for its logs when it starts." \
    "$NOTHING_CHANGED: make the volume larger."
}
