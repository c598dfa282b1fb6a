#!/usr/bin/env bash
# The temporary server on data that was made without this chart: how it is started, what it is asked before anything is written, and what
# is said when it does not start.
#
# reads:   ADOPT_FOLDER $RUN/temporary-server.log
# exits:   never
load do/adopt-checks do/server engine/current lib/log lib/places see/foreign talk/sql

# start_old_server FOLDER OPTION...: settings that SET PERSIST has left would win over the chart's.
start_old_server() {
  start_temporary_server "$@" --read-only=OFF "--${OPTION_READ_ONLY//_/-}=OFF" --event-scheduler=OFF --loose-persisted-globals-load=OFF \
    || refuse_start "$1"
}

# refuse_start FOLDER: what this server has put there before it gave up goes again.
refuse_start() {
  local words
  if [[ ! -s $1/binlog.index ]]; then rm -f "$1/binlog.index"; fi
  if [[ ! -f $1/mysql.ibd ]]; then rm -f "$1"/'#ib_'*.dblwr; fi
  words=$(< "$RUN/temporary-server.log")
  case $words in
    *'Unable to lock'* | *'for exclusive use'*)
      refuse "The server does not start on the data directory in the folder $ADOPT_FOLDER, since another server has it open." \
        "$NOTHING_CHANGED: stop the old pods (scale their StatefulSet to 0), and this goes on."
      ;;
    *'after a crash'*)
      refuse "The data in the folder $ADOPT_FOLDER was not shut down, and only a server of its own series, ${FOREIGN[series]}, can recover it." \
        "$NOTHING_CHANGED: set the value 'engine' to ${FOREIGN[family]}-${FOREIGN[series]} and upgrade then, or start the old server once" \
        'and shut it down.'
      ;;
    *'prepared transaction'*)
      refuse "The server does not start on the data directory in the folder $ADOPT_FOLDER: transactions wait for a binary log that" \
        "is not in this folder. $NOTHING_CHANGED: start the old server once, shut it down, and try again."
      ;;
    *'Aria recovery failed'*)
      refuse "The server does not start on the data directory in the folder $ADOPT_FOLDER: the old server was killed, and its Aria tables" \
        'cannot be recovered. Start the old server, repair them with aria_chk, shut it down, and try again.'
      ;;
    *)
      refuse "The server does not start on the data directory in the folder $ADOPT_FOLDER; its words are in this container's log." \
        'A setting under config that the server does not know is a usual cause.'
      ;;
  esac
}

require_tables_inside() {
  local path
  path=$(outside_sql | local_sql)
  if [[ -z $path ]]; then return 0; fi
  stop_temporary_server || true
  refuse "The data has a tablespace outside of the folder $ADOPT_FOLDER: ${path//$'\n'/, }. On the old server, make the table again without" \
    'DATA DIRECTORY or TABLESPACE, shut it down, and try again.'
}

# require_sound_tables: MyISAM tables of a server that was killed may be damaged, and nothing else would say so.
require_sound_tables() {
  local damaged
  damaged=$(check_tables_sql | local_sql | local_sql | grep $'\t[Ee]rror\t' | cut --fields=1 | sort --unique | tr '\n' ' ') || true
  if [[ -z $damaged ]]; then return 0; fi
  stop_temporary_server || true
  refuse "MyISAM tables are damaged, since the old server was killed: ${damaged% }. Repair them on the old server (REPAIR TABLE), shut it" \
    'down, and try again.'
}

# check_tables_sql: the query for the statements that check them. The character 96 is the one around names.
check_tables_sql() {
  cat << 'SQL'
SELECT CONCAT('CHECK TABLE ', CHAR(96), REPLACE(table_schema, CHAR(96), REPEAT(CHAR(96), 2)), CHAR(96), '.',
    CHAR(96), REPLACE(table_name, CHAR(96), REPEAT(CHAR(96), 2)), CHAR(96), ';')
  FROM information_schema.tables WHERE engine = 'MyISAM' AND table_type = 'BASE TABLE';
SQL
}
